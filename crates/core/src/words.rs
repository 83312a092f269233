//! Text as a search compares it: in words, without case and without accents. Both databases get the same words, so that they
//! find the same.

/// How many characters of a word are compared.
const LONGEST: usize = 64;

/// The words of a text: runs of letters and digits, in lower case, letters of Latin, Greek and Cyrillic without their marks.
///
/// A letter with a mark of its own and a letter followed by that mark are the same. `ß` is `ss`, `æ` is `ae`.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if ('\u{300}'..='\u{36f}').contains(&c) {
            continue; // a mark of the letter before
        }
        if c.is_alphanumeric() {
            match plain(c) {
                Some(letters) => word.push_str(letters),
                None => word.push(c),
            }
        } else if !word.is_empty() {
            words.push(cut(std::mem::take(&mut word)));
        }
    }
    if !word.is_empty() {
        words.push(cut(word));
    }
    words
}

/// Whether each of the wanted words is one of the text's; the last one may be a beginning.
pub fn has_words(text: &str, wanted: &[String]) -> bool {
    let words = words(text);
    let Some((last, whole)) = wanted.split_last() else { return false };
    whole.iter().all(|one| words.contains(one)) && words.iter().any(|word| word.starts_with(last.as_str()))
}

fn cut(mut word: String) -> String {
    if let Some((end, _)) = word.char_indices().nth(LONGEST) {
        word.truncate(end);
    }
    word
}

/// What is written for a letter in lower case that carries a mark or stands for two.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ð' | 'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' => "i",
        'ĵ' => "j",
        'ķ' | 'ĸ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'ŋ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ǒ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ſ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ǔ' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ά' => "α",
        'έ' => "ε",
        'ή' => "η",
        'ί' | 'ϊ' | 'ΐ' => "ι",
        'ό' => "ο",
        'ύ' | 'ϋ' | 'ΰ' => "υ",
        'ώ' => "ω",
        'ς' => "σ",
        'ё' | 'ѐ' => "е",
        'й' => "и",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits_in_lower_case() {
        assert_eq!(
            words("Spring 2027: the launch-plan (v2)"),
            ["spring", "2027", "the", "launch", "plan", "v2"]
        );
        assert_eq!(words("\"' OR *:^ -"), ["or"]);
        assert_eq!(words(" — "), Vec::<String>::new());
    }

    #[test]
    fn marks_are_left_out_however_they_are_written() {
        for (marked, plain) in [
            ("Übergröße", "ubergrosse"),
            ("ŁÓDŹ", "lodz"),
            ("e\u{301}te\u{301}", "ete"),
            ("été", "ete"),
            ("İstanbul", "istanbul"),
            ("ΆΛΦΑΣ", "αλφασ"),
            ("Йод", "иод"),
            ("и\u{306}од", "иод"),
            ("計画", "計画"),
        ] {
            assert_eq!(words(marked), [plain], "{marked}");
        }
    }

    #[test]
    fn all_words_must_be_there_and_the_last_may_be_a_beginning() {
        let wanted = |text: &str| words(text);
        assert!(has_words("Spring launch in Köln", &wanted("koln SPRI")));
        assert!(!has_words("Spring launch", &wanted("spri launch")));
        assert!(!has_words("Spring launch", &wanted("spring winter")));
        assert!(!has_words("Spring launch", &[]));
    }

    #[test]
    fn long_words_are_compared_by_their_beginnings() {
        let long = "ä".repeat(100);

        assert_eq!(words(&long)[0].chars().count(), LONGEST);
    }
}
