//! Names as parts of keys and paths.

/// The letters `a` to `z` and the digits of a name, in lower case, with `-` for whatever stands between them; at most so many
/// characters, and none at all where the name has no such letters. Latin letters with marks count as those without.
pub fn slug(name: &str, longest: usize) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars() {
        let plain = plain(c);
        if !plain.is_empty() {
            slug.push_str(plain);
        } else if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(longest);
    slug.trim_end_matches('-').to_owned()
}

/// What a lower-case letter of western European languages is spelled as without its mark; nothing for all others.
const fn plain(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'å' => "a",
        'ä' | 'æ' => "ae",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ù' | 'ú' | 'û' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ß' => "ss",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Spring campaign 2027", "spring-campaign-2027")]
    #[case("  What?! Now...", "what-now")]
    #[case("Größe", "groesse")]
    #[case("Été à Łódź", "ete-a-od")]
    #[case("東京", "")]
    #[case("abcde fghijkl", "abcde-fghi")]
    #[case("abcdefghi jkl", "abcdefghi")]
    fn a_slug_has_plain_letters_alone(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(slug(name, 10.max(expected.len())), expected);
    }
}
