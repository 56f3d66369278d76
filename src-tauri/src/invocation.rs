//! What the program was started with: links, files and folders to take in, or a word to itself.
//!
//! What other programs pass is bounded here and only sorted; nothing of it is opened or asked.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use attesta_wallet::view::ArrivalView;
use thiserror::Error;
use url::Url;

/// Most links and paths that one start may bring: as many as a folder of badges may hold.
const MOST_ARGUMENTS: usize = 1000;
/// Longest link or path in bytes: the longest argument that Linux passes at all.
const LONGEST_ARGUMENT: usize = 128 << 10;
/// Most bytes of all arguments together.
const MOST_BYTES: usize = 1 << 20;

/// What a start asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Invocation {
    /// Show the window, with these links and files as arrivals.
    Open(Vec<ArrivalView>),
    /// Change whether the system hands wallet links to this program.
    Registration(Registration),
    /// Say how to use it.
    Help,
    /// Say which version it is.
    Version,
}

/// Whether the system hands wallet links to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Registration {
    /// From now on it does.
    Register,
    /// No longer.
    Unregister,
}

/// Why a start is refused.
#[derive(Debug, PartialEq, Eq, Error)]
pub(crate) enum UsageError {
    /// An option that there is not.
    #[error("there is no option {0}")]
    UnknownOption(String),
    /// More links and paths than are taken at once.
    #[error("more than {MOST_ARGUMENTS} links and files at once")]
    TooMany,
    /// A link or path that is too long, or all of them together.
    #[error("a link or path that is too long")]
    TooLong,
}

impl Invocation {
    /// Sorts the arguments, without the program's own name; relative paths are meant from `directory`.
    ///
    /// # Errors
    /// [`UsageError`].
    pub(crate) fn of(
        arguments: impl Iterator<Item = OsString>,
        directory: Option<&Path>,
    ) -> Result<Invocation, UsageError> {
        let mut operands = Vec::new();
        let mut bytes = 0;
        let mut options_ended = false;
        for argument in arguments {
            if !options_ended && argument.as_encoded_bytes().starts_with(b"-") {
                match argument.to_string_lossy().as_ref() {
                    "--" => options_ended = true,
                    "--help" | "-h" => return Ok(Invocation::Help),
                    "--version" | "-V" => return Ok(Invocation::Version),
                    "--register-links" => return Ok(Invocation::Registration(Registration::Register)),
                    "--unregister-links" => return Ok(Invocation::Registration(Registration::Unregister)),
                    // The Finder of older macOS names the process so.
                    psn if psn.starts_with("-psn_") => {}
                    unknown => return Err(UsageError::UnknownOption(name_of_option(unknown))),
                }
                continue;
            }
            bytes += argument.len();
            if argument.len() > LONGEST_ARGUMENT || bytes > MOST_BYTES {
                return Err(UsageError::TooLong);
            }
            if operands.len() == MOST_ARGUMENTS {
                return Err(UsageError::TooMany);
            }
            operands.push(argument);
        }
        Ok(Invocation::Open(arrivals(operands, directory)))
    }
}

/// The arrivals of links and paths in their order; paths that stand together arrive together.
fn arrivals(operands: Vec<OsString>, directory: Option<&Path>) -> Vec<ArrivalView> {
    let mut arrivals: Vec<ArrivalView> = Vec::new();
    for operand in operands.into_iter().filter(|operand| !operand.is_empty()) {
        match sort(operand, directory) {
            Operand::Link(text) => arrivals.push(ArrivalView::Text { text }),
            Operand::Path(path) => match arrivals.last_mut() {
                Some(ArrivalView::Files { paths }) => paths.push(path),
                _ => arrivals.push(ArrivalView::Files { paths: vec![path] }),
            },
        }
    }
    arrivals
}

enum Operand {
    Link(String),
    Path(String),
}

fn sort(operand: OsString, directory: Option<&Path>) -> Operand {
    if let Some(text) = operand.to_str()
        && has_scheme(text)
    {
        let file = Url::parse(text).ok().filter(|url| url.scheme() == "file").and_then(|url| url.to_file_path().ok());
        return match file {
            Some(path) => Operand::Path(path.to_string_lossy().into_owned()),
            None => Operand::Link(text.to_owned()),
        };
    }
    let path = PathBuf::from(operand);
    let path = directory.map_or_else(|| path.clone(), |directory| directory.join(&path));
    // A name that is not Unicode can't be said in a message; the file is then reported as one that can't be opened.
    Operand::Path(path.to_string_lossy().into_owned())
}

/// Whether a text begins with a scheme (RFC 3986 section 3.1). One letter alone is a drive of Windows.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '+' | '-' | '.'))
}

/// An option without what was written behind it, which may be anybody's secret.
fn name_of_option(option: &str) -> String {
    option.split(['=', ':', ' ']).next().unwrap_or_default().chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &[&str], expected: Result<Invocation, UsageError>) {
        let invoked = Invocation::of(arguments.iter().map(OsString::from), Some(Path::new("/home/sam")));
        assert_eq!(invoked, expected, "{arguments:?}");
    }

    fn text(text: &str) -> ArrivalView {
        ArrivalView::Text { text: text.to_owned() }
    }

    fn files(paths: &[&str]) -> ArrivalView {
        ArrivalView::Files { paths: paths.iter().map(|&path| path.to_owned()).collect() }
    }

    #[test]
    fn a_start_without_arguments_opens_the_window_and_brings_nothing() {
        check(&[], Ok(Invocation::Open(Vec::new())));
        check(&[""], Ok(Invocation::Open(Vec::new())));
    }

    #[test]
    fn links_and_paths_are_told_apart_and_paths_are_made_absolute() {
        let offer = "openid-credential-offer://?credential_offer={\"a\": 1}";
        check(&[offer], Ok(Invocation::Open(vec![text(offer)])));
        check(
            &["web+interaction:https://college.example/i"],
            Ok(Invocation::Open(vec![text("web+interaction:https://college.example/i")])),
        );
        check(&["mail.eml"], Ok(Invocation::Open(vec![files(&["/home/sam/mail.eml"])])));
        check(&["/tmp/mail.eml"], Ok(Invocation::Open(vec![files(&["/tmp/mail.eml"])])));
        check(&["file:///tmp/my%20mail.eml"], Ok(Invocation::Open(vec![files(&["/tmp/my mail.eml"])])));
        check(&["C:\\badge.png"], Ok(Invocation::Open(vec![files(&["/home/sam/C:\\badge.png"])])));
    }

    #[test]
    fn paths_that_stand_together_arrive_together() {
        check(
            &["a.png", "b.png", "https://college.example/c", "d"],
            Ok(Invocation::Open(vec![
                files(&["/home/sam/a.png", "/home/sam/b.png"]),
                text("https://college.example/c"),
                files(&["/home/sam/d"]),
            ])),
        );
    }

    #[test]
    fn options_are_known_or_refused_and_end_at_two_dashes() {
        check(&["--help"], Ok(Invocation::Help));
        check(&["-V"], Ok(Invocation::Version));
        check(&["--register-links"], Ok(Invocation::Registration(Registration::Register)));
        check(&["--unregister-links"], Ok(Invocation::Registration(Registration::Unregister)));
        check(&["-psn_0_12345"], Ok(Invocation::Open(Vec::new())));
        check(&["--frobnicate"], Err(UsageError::UnknownOption("--frobnicate".to_owned())));
        check(&["--", "--help"], Ok(Invocation::Open(vec![files(&["/home/sam/--help"])])));
    }

    #[test]
    fn what_follows_an_unknown_option_is_not_repeated() {
        check(&["--code=413921"], Err(UsageError::UnknownOption("--code".to_owned())));
    }

    #[test]
    fn more_than_is_taken_at_once_is_refused() {
        let names: Vec<String> = (0..=MOST_ARGUMENTS).map(|number| number.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        check(&names, Err(UsageError::TooMany));
        let long = format!("https://college.example/{}", "a".repeat(LONGEST_ARGUMENT));
        check(&[&long], Err(UsageError::TooLong));
        let many = format!("https://college.example/{}", "a".repeat(LONGEST_ARGUMENT / 2));
        check(&[many.as_str(); 20], Err(UsageError::TooLong));
    }
}
