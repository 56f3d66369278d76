//! One window for each wallet: a second start hands what it brings to the window that is open.
//!
//! In the wallet's folder lie a lock, held as long as the first process lives, and a socket on which that process
//! listens. Neither needs a message bus, and both belong to the wallet rather than to the program, so that wallets in
//! two folders have a window each. `docs/decisions/0012-one-window-per-wallet.md` says why.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use attesta_wallet::view::ArrivalView;
use serde::{Deserialize, Serialize};

/// Held by the process whose window shows the wallet.
const LOCK: &str = "window.lock";
/// Where that process listens.
const SOCKET: &str = "window.sock";
/// What it says when it has what a second process brought.
const TAKEN: &[u8] = b"taken";
/// The version of the message. Another version is not understood, and the second process opens a window of its own.
const VERSION: u32 = 1;
/// Longest message in bytes: the arguments of one start, each character escaped in JSON.
const LONGEST_MESSAGE: u64 = 8 << 20;
/// How long one that knocks may take to say what it brings.
const HEARING: Duration = Duration::from_secs(5);
/// How long to wait before knocking again at a window that is opening or closing.
const KNOCK_AGAIN: Duration = Duration::from_millis(50);
/// Longest path that a socket's address holds on every system (macOS: 104 bytes with the final zero).
const LONGEST_ADDRESS: usize = 103;

/// How long a second process tries to reach the first, which may be opening its wallet yet.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// What a second process brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Brought {
    /// The message's version.
    version: u32,
    /// The links and files it was started with.
    pub(crate) arrivals: Vec<ArrivalView>,
    /// What the system gave it to come to the front with (XDG activation, startup notification).
    pub(crate) activation: Option<String>,
}

impl Brought {
    /// What to bring in the message's present version.
    pub(crate) fn new(arrivals: Vec<ArrivalView>, activation: Option<String>) -> Brought {
        Brought { version: VERSION, arrivals, activation }
    }
}

/// How a process came in.
#[derive(Debug)]
pub(crate) enum Entry {
    /// As the first one.
    First(Door),
    /// The window that is open has taken what it brought.
    Handed,
    /// Whether a window is open could not be told, or it does not answer: nothing is lost if this process opens its own.
    Unreachable,
}

/// The first process's side: the lock and the socket, for as long as it is kept.
#[derive(Debug)]
pub(crate) struct Door {
    listener: UnixListener,
    _lock: File,
}

/// Goes to the wallet in `folder`: as the first process, or with what is brought to the one that is there.
pub(crate) fn enter(folder: &Path, brought: &Brought, patience: Duration) -> Entry {
    let end = Instant::now() + patience;
    let Ok(lock) = open_lock(folder) else { return Entry::Unreachable };
    loop {
        match lock.try_lock() {
            Ok(()) => {
                return listen(folder)
                    .map_or(Entry::Unreachable, |listener| Entry::First(Door { listener, _lock: lock }));
            }
            Err(fs::TryLockError::WouldBlock) => {}
            Err(fs::TryLockError::Error(_)) => return Entry::Unreachable,
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Entry::Unreachable;
        }
        if knock(folder, brought, left).is_ok() {
            return Entry::Handed;
        }
        thread::sleep(KNOCK_AGAIN);
    }
}

impl Door {
    /// Listens on a thread of its own until the process ends.
    pub(crate) fn attend(self, take: impl Fn(Brought) + Send + 'static) {
        thread::spawn(move || {
            // The thread keeps the lock too, which a use of the socket alone would leave behind.
            let Door { listener, _lock } = self;
            loop {
                match listener.accept() {
                    // One that breaks off or says something else only harms itself.
                    Ok((stream, _)) => drop(hear(stream, &take)),
                    Err(_) => thread::sleep(KNOCK_AGAIN),
                }
            }
        });
    }
}

fn open_lock(folder: &Path) -> io::Result<File> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(folder.join(LOCK))
}

/// Listens in the folder; whoever holds the lock may remove what a process that ended has left there.
fn listen(folder: &Path) -> io::Result<UnixListener> {
    match fs::remove_file(folder.join(SOCKET)) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = with_address(folder, |address| UnixListener::bind(address))?;
    fs::set_permissions(folder.join(SOCKET), Permissions::from_mode(0o600))?;
    Ok(listener)
}

fn knock(folder: &Path, brought: &Brought, patience: Duration) -> io::Result<()> {
    let mut stream = with_address(folder, |address| UnixStream::connect(address))?;
    stream.set_write_timeout(Some(patience))?;
    stream.set_read_timeout(Some(patience))?;
    stream.write_all(&serde_json::to_vec(brought)?)?;
    stream.shutdown(Shutdown::Write)?;
    let mut said = Vec::new();
    stream.take(TAKEN.len() as u64).read_to_end(&mut said)?;
    if said == TAKEN { Ok(()) } else { Err(ErrorKind::ConnectionAborted.into()) }
}

fn hear(mut stream: UnixStream, take: &impl Fn(Brought)) -> io::Result<()> {
    let message = read_within(&mut stream, HEARING)?;
    let brought: Brought = serde_json::from_slice(&message)?;
    if brought.version != VERSION {
        return Err(ErrorKind::InvalidData.into());
    }
    take(brought);
    stream.set_write_timeout(Some(HEARING))?;
    stream.write_all(TAKEN)
}

/// Everything that comes within a time and a size.
fn read_within(stream: &mut UnixStream, time: Duration) -> io::Result<Vec<u8>> {
    let end = Instant::now() + time;
    let mut message = Vec::new();
    let mut part = [0; 16 << 10];
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut part)? {
            0 => return Ok(message),
            read if message.len() as u64 + read as u64 > LONGEST_MESSAGE => return Err(ErrorKind::InvalidData.into()),
            read => message.extend_from_slice(&part[..read]),
        }
    }
}

/// Calls with the socket's address. On Linux one that is too long for an address is named through the open folder.
fn with_address<T>(folder: &Path, call: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    let address = folder.join(SOCKET);
    if address.as_os_str().len() <= LONGEST_ADDRESS || !cfg!(target_os = "linux") {
        return call(&address);
    }
    let folder = File::open(folder)?;
    call(&PathBuf::from(format!("/proc/self/fd/{}/{SOCKET}", folder.as_raw_fd())))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    /// A folder that is removed when dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Folder {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            Folder(std::env::temp_dir().join(format!("attesta-door-{}-{number}", std::process::id())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn link(text: &str) -> Brought {
        Brought::new(vec![ArrivalView::Text { text: text.to_owned() }], Some("token".to_owned()))
    }

    #[track_caller]
    fn first(folder: &Path) -> Door {
        match enter(folder, &link("https://college.example/0"), Duration::ZERO) {
            Entry::First(door) => door,
            other => panic!("not the first: {other:?}"),
        }
    }

    fn attended(folder: &Path) -> Receiver<Brought> {
        let (send, receive) = channel();
        first(folder).attend(move |brought| drop(send.send(brought)));
        receive
    }

    #[track_caller]
    fn check_handed(folder: &Path, received: &Receiver<Brought>, text: &str) {
        let entry = enter(folder, &link(text), PATIENCE);
        assert!(matches!(entry, Entry::Handed), "{entry:?}");
        assert_eq!(received.recv_timeout(PATIENCE).expect("it was handed over"), link(text));
    }

    #[test]
    fn a_second_process_hands_what_it_brings_to_the_first() {
        let folder = Folder::new();
        let received = attended(&folder.0);
        check_handed(&folder.0, &received, "https://college.example/1");
        check_handed(&folder.0, &received, "https://college.example/2");
    }

    #[test]
    fn a_wallet_in_a_deep_folder_is_reached_too() {
        let folder = Folder::new();
        let deep = folder.0.join("a".repeat(100)).join("b".repeat(100));
        let received = attended(&deep);
        check_handed(&deep, &received, "https://college.example/1");
    }

    #[test]
    fn wallets_in_two_folders_have_a_window_each() {
        let (one, other) = (Folder::new(), Folder::new());
        let _first = first(&one.0);
        let _second = first(&other.0);
    }

    #[test]
    fn what_a_process_that_ended_left_behind_is_no_obstacle() {
        let folder = Folder::new();
        drop(first(&folder.0));
        assert!(folder.0.join(SOCKET).exists());
        let received = attended(&folder.0);
        check_handed(&folder.0, &received, "https://college.example/1");
    }

    #[test]
    fn a_first_process_that_is_still_opening_is_waited_for() {
        let folder = Folder::new();
        let door = first(&folder.0);
        let (send, received) = channel();
        thread::scope(|threads| {
            let second = threads.spawn(|| enter(&folder.0, &link("https://college.example/1"), PATIENCE));
            thread::sleep(Duration::from_millis(200));
            assert!(received.try_recv().is_err());
            door.attend(move |brought| drop(send.send(brought)));
            assert!(matches!(second.join().expect("it ends"), Entry::Handed));
        });
        assert_eq!(received.recv_timeout(PATIENCE).expect("it was handed over"), link("https://college.example/1"));
    }

    #[test]
    fn one_that_does_not_answer_keeps_nobody_from_a_window() {
        let folder = Folder::new();
        let _door = first(&folder.0);
        let entry = enter(&folder.0, &link("https://college.example/1"), Duration::from_millis(200));
        assert!(matches!(entry, Entry::Unreachable), "{entry:?}");
    }

    #[test]
    fn a_folder_that_can_not_be_made_keeps_nobody_from_a_window() {
        let folder = Folder::new();
        fs::write(&folder.0, "a file").expect("the temporary place can be written");
        let entry = enter(&folder.0, &link("https://college.example/1"), PATIENCE);
        assert!(matches!(entry, Entry::Unreachable), "{entry:?}");
        fs::remove_file(&folder.0).expect("it is ours");
    }

    #[test]
    fn what_is_no_message_is_not_taken_and_the_next_one_is() {
        let folder = Folder::new();
        let received = attended(&folder.0);
        let huge = vec![b' '; LONGEST_MESSAGE as usize + 1];
        let newer = br#"{"version": 2, "arrivals": [], "activation": null}"#;
        for message in [b"".as_slice(), b"GET / HTTP/1.1\r\n\r\n", newer, &huge] {
            let mut stream = with_address(&folder.0, |address| UnixStream::connect(address)).expect("it listens");
            let _ = stream.write_all(message);
            let _ = stream.shutdown(Shutdown::Write);
            let mut said = Vec::new();
            let _ = stream.read_to_end(&mut said);
            assert_eq!(said, b"", "{} bytes", message.len());
        }
        check_handed(&folder.0, &received, "https://college.example/1");
    }

    #[test]
    fn lock_and_socket_are_the_owners_alone() {
        let folder = Folder::new();
        let _door = first(&folder.0);
        for (name, mode) in [("", 0o700), (LOCK, 0o600), (SOCKET, 0o600)] {
            let found = fs::metadata(folder.0.join(name)).expect("it is there").permissions().mode();
            assert_eq!(found & 0o777, mode, "{name}");
        }
    }
}
