//! Names as parts of keys and paths.

/// The letters `a` to `z` and the digits of a name, in lower case, with `-` for whatever stands between them; at most so many
/// characters, and none at all where the name has no such letters.
pub fn slug(name: &str, longest: usize) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(longest);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Spring campaign 2027", "spring-campaign-2027")]
    #[case("  What?! Now...", "what-now")]
    #[case("Größe", "gr-e")]
    #[case("東京", "")]
    #[case("abcde fghijkl", "abcde-fghi")]
    #[case("abcdefghi jkl", "abcdefghi")]
    fn a_slug_has_plain_letters_alone(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(slug(name, 10.max(expected.len())), expected);
    }
}
