//! Paths of names: `Soda Works/North` is the node `North` under `Soda Works`. A name's own `/` is written `\/`, its `\` is
//! written `\\`.

use guildhall_core::Name;

/// The names of a path; none for an empty text, which is the top.
pub(super) fn parse_path(text: &str) -> Result<Vec<Name>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let (mut parts, mut part, mut letters) = (Vec::new(), String::new(), text.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '/' => parts.push(std::mem::take(&mut part)),
            '\\' => match letters.next() {
                Some(escaped @ ('/' | '\\')) => part.push(escaped),
                _ => return Err("has a `\\` that stands before neither `/` nor `\\`".to_owned()),
            },
            plain => part.push(plain),
        }
    }
    parts.push(part);
    let names = parts.iter().map(|part| part.parse::<Name>());
    names.collect::<Result<_, _>>().map_err(|error| format!("has a name in it that {error}"))
}

/// The path as text, from which the same names are read.
pub(super) fn spell_path(path: &[Name]) -> String {
    let spelled = path.iter().map(|name| name.as_str().replace('\\', "\\\\").replace('/', "\\/"));
    spelled.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_back_what_it_writes() {
        for names in [vec![], vec!["A"], vec!["A/B", "C"], vec!["A\\", "/", "\\/"]] {
            let names: Vec<Name> = names.into_iter().map(|name| name.parse().unwrap()).collect();

            assert_eq!(parse_path(&spell_path(&names)), Ok(names));
        }
    }

    #[test]
    fn a_path_without_a_name_or_with_half_an_escape_is_none() {
        for bad in ["/", "A/", "/A", "A//B", "A\\", "A\\B"] {
            assert!(parse_path(bad).is_err(), "{bad:?}");
        }
        assert_eq!(parse_path("  "), Ok(Vec::new()));
    }
}
