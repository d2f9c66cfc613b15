//! The paths in a source text that lead to modules of its own crate.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path, from the crate's root on, and where it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    pub(crate) line: usize,
    pub(crate) path: Vec<String>,
}

/// All paths in the text of `module` that begin with `crate`, `super` or `self`: in imports, with every name of their
/// braces, and anywhere else.
pub(crate) fn of(text: &str, module: &[String]) -> Result<Vec<Found>, String> {
    let tokens: TokenStream = text
        .parse()
        .map_err(|error| format!("is not Rust: {error}"))?;
    let mut found = Vec::new();
    scan(tokens, module, &mut found);
    Ok(found)
}

fn scan(tokens: TokenStream, module: &[String], found: &mut Vec<Found>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(word) if word == "mod" => {
                if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                    (tokens.get(at + 1), tokens.get(at + 2))
                {
                    let mut inner = module.to_vec();
                    inner.push(name.to_string());
                    scan(body.stream(), &inner, found);
                    at += 2;
                }
            }
            TokenTree::Ident(word) if is_colons(&tokens, at + 1) => {
                if let Some(start) = start(&word.to_string(), module) {
                    let line = word.span().start().line;
                    at = follow(&tokens, at + 3, start, line, found);
                    continue;
                }
                // The rest of a path that begins elsewhere.
                while is_colons(&tokens, at + 1) {
                    at += 3;
                }
                continue;
            }
            TokenTree::Group(group) => scan(group.stream(), module, found),
            _ => {}
        }
        at += 1;
    }
}

fn start(word: &str, module: &[String]) -> Option<Vec<String>> {
    match word {
        "crate" => Some(Vec::new()),
        "self" => Some(module.to_vec()),
        "super" => Some(module[..module.len().saturating_sub(1)].to_vec()),
        _ => None,
    }
}

/// Follows a path whose beginning has been read, into all of its braces. Gives the place after it.
fn follow(
    tokens: &[TokenTree],
    mut at: usize,
    mut path: Vec<String>,
    mut line: usize,
    found: &mut Vec<Found>,
) -> usize {
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(word)) => {
                line = word.span().start().line;
                match word.to_string().as_str() {
                    "super" => _ = path.pop(),
                    // In braces it is what the path has led to.
                    "self" => {}
                    name => path.push(name.to_owned()),
                }
                at += 1;
            }
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => {
                path.push("*".to_owned());
                found.push(Found { line, path });
                return at + 1;
            }
            Some(TokenTree::Group(braces)) if braces.delimiter() == Delimiter::Brace => {
                let inside: Vec<TokenTree> = braces.stream().into_iter().collect();
                for tree in inside.split(is_comma).filter(|tree| !tree.is_empty()) {
                    follow(tree, 0, path.clone(), line, found);
                }
                return at + 1;
            }
            _ => {
                found.push(Found { line, path });
                return at;
            }
        }
        if !is_colons(tokens, at) {
            found.push(Found { line, path });
            return at;
        }
        at += 2;
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    is_colon(at) && is_colon(at + 1)
}

#[cfg(test)]
mod tests {
    use super::of;

    fn paths(text: &str) -> Vec<(usize, String)> {
        let module = ["a", "b"].map(str::to_owned);
        let found = of(text, &module).unwrap();
        let told = found.into_iter().map(|it| (it.line, it.path.join("::")));
        told.collect()
    }

    fn told(found: &[(usize, &str)]) -> Vec<(usize, String)> {
        let told = found.iter().map(|(line, path)| (*line, (*path).to_owned()));
        told.collect()
    }

    #[test]
    fn imports_are_followed_into_their_braces() {
        let text = "use std::fmt;\nuse crate::{c::{D, e as f},\n    g::*, h::{self, I}};\nuse super::x::Y;\nuse super::super::z;\n";
        let wanted = [
            (2, "c::D"),
            (2, "c::e"),
            (3, "g::*"),
            (3, "h"),
            (3, "h::I"),
            (4, "a::x::Y"),
            (5, "z"),
        ];
        assert_eq!(paths(text), told(&wanted));
    }

    #[test]
    fn modules_within_a_file_are_counted() {
        let text = "mod tests {\n    use super::*;\n    use super::super::c;\n}\nmod d;\nuse self::d::E;\n";
        assert_eq!(
            paths(text),
            told(&[(2, "a::b::*"), (3, "a::c"), (6, "a::b::d::E")])
        );
    }

    #[test]
    fn paths_in_code_and_macros_count_and_words_in_texts_do_not() {
        let text = "/// crate::no::doc\npub(in crate::a) fn f(x: &crate::c::D) -> u8 {\n    // crate::no::comment\n    \
                    println!(\"crate::no::text\", crate::e::g(self.h));\n    crate::i::J::<super::k::L>::new()\n}\n";
        let wanted = [
            (2, "a"),
            (2, "c::D"),
            (4, "e::g"),
            (5, "i::J"),
            (5, "a::k::L"),
        ];
        assert_eq!(paths(text), told(&wanted));
    }

    #[test]
    fn what_is_not_rust_is_refused() {
        assert!(of("fn f( {", &[]).unwrap_err().starts_with("is not Rust: "));
    }
}
