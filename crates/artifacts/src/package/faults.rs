//! All that is wrong with a package, gathered.

use guildhall_core::Fault;

/// How many faults are listed.
pub const MAX_PACKAGE_FAULTS: usize = 100;

/// How many characters of a text that came from outside a fault repeats.
const MAX_REPEATED: usize = 300;

/// Faults, each with the file that it stands in: `<file>#<JSON pointer>`, `<file>`, or `archive`.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Notes a fault of the archive as a whole.
    pub(crate) fn of_archive(&mut self, detail: impl AsRef<str>) {
        self.add("archive", "", detail);
    }

    /// Notes a fault of a file as a whole.
    pub(crate) fn of_file(&mut self, file: &str, detail: impl AsRef<str>) {
        self.add(file, "", detail);
    }

    /// Notes a fault at a place in a file; those past the hundredth are dropped.
    pub(crate) fn add(&mut self, file: &str, pointer: &str, detail: impl AsRef<str>) {
        if self.is_full() {
            return;
        }
        let hash = if pointer.is_empty() { "" } else { "#" };
        let place = format!("{}{hash}{}", shown(file), shown(pointer));
        let fault = Fault::new(place, shown(detail.as_ref()));
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    /// Notes what was found in one part of a file.
    pub(crate) fn add_all(&mut self, file: &str, part: &str, faults: Vec<Fault>) {
        for fault in faults {
            self.add(file, &format!("{part}{}", fault.pointer), fault.detail);
        }
    }

    /// Whether there is no use in looking further.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= MAX_PACKAGE_FAULTS
    }

    /// The value where nothing is wrong, else what is.
    pub(crate) fn or<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            None if self.0.is_empty() => Err(vec![Fault::new("archive", "is not whole")]),
            _ => Err(self.0),
        }
    }
}

/// Text from outside, short enough to be listed a hundred times, and without what would confuse a terminal.
fn shown(text: &str) -> String {
    let plain = |c: char| if c.is_control() { c.escape_default().collect() } else { c.to_string() };
    text.chars().take(MAX_REPEATED).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_repeats_little_of_what_came_from_outside() {
        let mut faults = Faults::default();

        faults.add("a\u{1b}[2J", &"/x".repeat(9_999), "y".repeat(9_999));

        let fault = faults.or(Some(())).unwrap_err().remove(0);
        assert!(fault.pointer.starts_with("a\\u{1b}[2J#/x/x") && fault.pointer.len() < 400);
        assert_eq!(fault.detail.len(), MAX_REPEATED);
    }

    #[test]
    fn a_hundred_faults_are_enough() {
        let mut faults = Faults::default();

        for number in 0..200 {
            faults.of_archive(number.to_string());
        }

        assert!(faults.is_full());
        assert_eq!(faults.or(Some(())).unwrap_err().len(), MAX_PACKAGE_FAULTS);
    }
}
