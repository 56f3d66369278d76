//! The other side: one process that answers a line of JSON with a line of JSON.

use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A question to the other side.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum Question {
    /// Sign this document.
    Sign {
        /// Which question it is.
        n: usize,
        /// The suite.
        sign: &'static str,
        /// The byte that the signer's key is made of.
        seed: u8,
        /// The document's JSON.
        document: String,
    },
    /// Judge this credential.
    Verify {
        /// Which question it is.
        n: usize,
        /// The credential's JSON.
        verify: String,
    },
}

/// What the other side says.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Reply {
    /// Which question it answers.
    pub n: usize,
    /// The signed document's JSON.
    pub signed: Option<String>,
    /// Whether it takes the credential for good.
    #[serde(default)]
    pub verified: bool,
    /// Why not.
    pub error: Option<String>,
}

/// Why the other side gave no answer.
#[derive(Debug, Error)]
pub(crate) enum PeerError {
    /// It can't be started, or broke off.
    #[error("the other side: {0}")]
    Io(#[from] io::Error),
    /// It said something else than an answer.
    #[error("the other side said {line:?}: {error}")]
    Form {
        /// What it said.
        line: String,
        /// What is wrong with that.
        error: serde_json::Error,
    },
    /// It left questions unanswered.
    #[error("the other side answered {got} of {asked} questions")]
    Silent {
        /// How many answers came.
        got: usize,
        /// How many were asked.
        asked: usize,
    },
}

/// Asks all the questions of one process and yields its answers in the order of the questions.
///
/// # Errors
/// [`PeerError`] when there is not one answer for each question.
pub(crate) fn ask(script: &Path, questions: Vec<Question>) -> Result<Vec<Reply>, PeerError> {
    let mut node = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let asked = questions.len();
    let stdin = node.stdin.take().ok_or_else(|| io::Error::other("it has no standard input"))?;
    let stdout = node.stdout.take().ok_or_else(|| io::Error::other("it has no standard output"))?;
    // Written from a thread of its own: the other side answers while it is asked.
    let writer = thread::spawn(move || -> io::Result<()> {
        let mut stdin = BufWriter::new(stdin);
        for question in &questions {
            serde_json::to_writer(&mut stdin, question)?;
            stdin.write_all(b"\n")?;
        }
        stdin.flush()
    });
    let replies = read(stdout, asked);
    let written = writer.join().map_err(|_| io::Error::other("the questions could not be written"));
    end(node)?;
    let replies = replies?;
    written??;
    Ok(replies)
}

fn read(stdout: ChildStdout, asked: usize) -> Result<Vec<Reply>, PeerError> {
    let mut replies = Vec::with_capacity(asked);
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        let reply: Reply = serde_json::from_str(&line).map_err(|error| PeerError::Form { line, error })?;
        replies.push(reply);
        if replies.len() % 500 == 0 {
            eprintln!("{} of {asked}", replies.len());
        }
    }
    if replies.len() != asked {
        return Err(PeerError::Silent { got: replies.len(), asked });
    }
    replies.sort_by_key(|reply| reply.n);
    Ok(replies)
}

fn end(mut node: Child) -> io::Result<()> {
    // Its input is closed by now, so it ends by itself.
    node.wait().map(|_| ())
}
