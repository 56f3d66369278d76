//! The fetcher for the web: one thread of its own on which all requests run.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use attesta_verify::{FetchFailureKind, LoopbackAccess};
use reqwest::header::HeaderValue;
use reqwest::{Certificate, Client, redirect};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout_at;

use crate::budget::Budget;
use crate::fetch::{Fetch, FetchRequest, Fetched};
use crate::limits::{AT_ONCE, HEADER_BYTES, HEADER_LINES, KEEP_IDLE, Limits};
use crate::resolver::PublicResolver;
use crate::transfer::transfer;

/// How a fetcher behaves.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// Whether this machine may be asked, and by plain http.
    pub loopback: LoopbackAccess,
    /// What the fetcher calls itself; visible ASCII. It should say no more than the program's name and version.
    pub user_agent: String,
    /// Certificates in DER that are trusted beside the system's own.
    pub extra_roots: Vec<Vec<u8>>,
    /// Names that are answered from here instead of by the system's resolver; the address filter holds for them too.
    pub hosts: BTreeMap<String, Vec<IpAddr>>,
    /// The limits of each fetch.
    pub limits: Limits,
}

impl HttpOptions {
    /// Public hosts only, the system's certificates and resolver, the usual limits.
    pub fn new(user_agent: impl Into<String>) -> Self {
        HttpOptions {
            loopback: LoopbackAccess::default(),
            user_agent: user_agent.into(),
            extra_roots: Vec::new(),
            hosts: BTreeMap::new(),
            limits: Limits::default(),
        }
    }
}

/// Why a fetcher could not be made.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The user agent can't stand in a header.
    #[error("the user agent holds characters that a header can't carry")]
    UserAgent,
    /// One of the extra certificates is none.
    #[error("extra certificate number {index} can't be read")]
    Certificate {
        /// Its place in the options, from 0.
        index: usize,
    },
    /// The system gave no thread or no event queue.
    #[error("the system gave no thread for network requests")]
    System(#[source] std::io::Error),
}

/// Fetches over https within all limits. It may be called from any thread, several at once, and also from within
/// another async runtime's blocking threads: the requests run on a thread of its own, which ends with it.
#[derive(Debug)]
pub struct HttpFetcher {
    jobs: UnboundedSender<Job>,
}

/// One call of [`Fetch::fetch`] on its way to the network thread.
#[derive(Debug)]
struct Job {
    requests: Vec<FetchRequest>,
    budget: Budget,
    answers: mpsc::Sender<Answer>,
}

/// The answer to one request and its place in the call.
type Answer = (usize, Result<Fetched, FetchFailureKind>);

/// Which certificates a client goes by.
#[derive(Clone, Copy)]
enum Roots {
    SystemAndExtra,
    ExtraOnly,
}

impl HttpFetcher {
    /// Starts the network thread. Nothing is asked, and the system's certificates are not read, before the first fetch.
    ///
    /// # Errors
    /// [`StartError`] if the options can't be used or the system gives no thread.
    pub fn new(options: HttpOptions) -> Result<Self, StartError> {
        HeaderValue::from_str(&options.user_agent).map_err(|_| StartError::UserAgent)?;
        for (index, der) in options.extra_roots.iter().enumerate() {
            Certificate::from_der(der).map_err(|_| StartError::Certificate { index })?;
        }
        let runtime = Builder::new_current_thread()
            .enable_all()
            // A server that floods keeps this thread busy; timers and other connections get their turn after each step.
            .event_interval(1)
            .build()
            .map_err(StartError::System)?;
        let (jobs, queue) = unbounded_channel();
        thread::Builder::new()
            .name("attesta-net".to_owned())
            .spawn(move || serve(runtime, &options, queue))
            .map_err(StartError::System)?;
        Ok(HttpFetcher { jobs })
    }
}

impl Fetch for HttpFetcher {
    fn fetch(&self, requests: &[FetchRequest], within: &Budget) -> Vec<Result<Fetched, FetchFailureKind>> {
        let (answers, answered) = mpsc::channel();
        let job = Job { requests: requests.to_vec(), budget: within.clone(), answers };
        let mut collected: Vec<Option<_>> = requests.iter().map(|_| None).collect();
        let mut missing = requests.len();
        // Sending fails only when the network thread has panicked, and then nothing can be reached.
        let mut rest = FetchFailureKind::Unreachable;
        if self.jobs.send(job).is_ok() {
            let mut overdue = None;
            while missing > 0 {
                match answered.recv_timeout(LOOK_UP) {
                    Ok((place, answer)) => {
                        collected[place] = Some(answer);
                        missing -= 1;
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => overdue = still_overdue(overdue, within),
                }
                // The network thread ends every fetch itself. Should it be held up, its caller is not.
                if let Some((kind, _)) = overdue.filter(|(_, since): &(_, Instant)| since.elapsed() > GRACE) {
                    rest = kind;
                    break;
                }
            }
        }
        collected.into_iter().map(|answer| answer.unwrap_or(Err(rest))).collect()
    }
}

/// How often a waiting caller looks up at its budget.
const LOOK_UP: Duration = Duration::from_millis(100);

/// How long after the end of its budget a caller still waits for the network thread to say so.
const GRACE: Duration = Duration::from_millis(500);

/// Since when a caller waits in vain, and what has ended its budget.
fn still_overdue(before: Option<(FetchFailureKind, Instant)>, budget: &Budget) -> Option<(FetchFailureKind, Instant)> {
    let ended = match (budget.cancel().is_cancelled(), budget.remaining().is_zero()) {
        (true, _) => Some(FetchFailureKind::Cancelled),
        (false, true) => Some(FetchFailureKind::TimedOut),
        (false, false) => None,
    };
    before.or_else(|| ended.map(|kind| (kind, Instant::now())))
}

/// The network thread: takes jobs until the fetcher is dropped.
fn serve(runtime: Runtime, options: &HttpOptions, mut queue: UnboundedReceiver<Job>) {
    runtime.block_on(async {
        let limits = Arc::new(options.limits.clone());
        let mut client = None;
        while let Some(job) = queue.recv().await {
            // Without a client the job is dropped, and its caller learns that nothing can be reached.
            if let Some(client) = client.get_or_insert_with(|| client_for(options)) {
                begin(client, job, options.loopback, &limits);
            }
        }
    });
    // A name lookup that hangs in the system's resolver must not keep the process.
    runtime.shutdown_background();
}

/// Begins the requests of one call; at most [`AT_ONCE`] of them run at a time.
fn begin(client: &Client, job: Job, loopback: LoopbackAccess, limits: &Arc<Limits>) {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    for (place, request) in job.requests.into_iter().enumerate() {
        let (client, limits, turns) = (client.clone(), Arc::clone(limits), Arc::clone(&turns));
        let (budget, answers) = (job.budget.clone(), job.answers.clone());
        tokio::spawn(async move {
            let answer = bounded(&client, &request, &budget, loopback, &limits, &turns).await;
            // A caller that no longer waits needs no answer.
            let _ = answers.send((place, answer));
        });
    }
}

/// One request under the time limits of its caller and its own, which begins when its turn comes.
async fn bounded(
    client: &Client,
    request: &FetchRequest,
    budget: &Budget,
    loopback: LoopbackAccess,
    limits: &Limits,
    turns: &Semaphore,
) -> Result<Fetched, FetchFailureKind> {
    let in_turn = async {
        let _turn = turns.acquire().await.map_err(|_| FetchFailureKind::Unreachable)?;
        let own_end = Instant::now() + limits.fetch_time;
        match timeout_at(own_end.into(), transfer(client, request, loopback, limits)).await {
            Ok(answer) => answer,
            Err(_) => Err(FetchFailureKind::TimedOut),
        }
    };
    // Checked before anything is polled: under a budget that is over nobody may be contacted.
    if budget.remaining().is_zero() {
        return Err(FetchFailureKind::TimedOut);
    }
    tokio::select! {
        biased;
        () = budget.cancel().cancelled() => Err(FetchFailureKind::Cancelled),
        answer = timeout_at(budget.deadline().into(), in_turn) => answer.unwrap_or(Err(FetchFailureKind::TimedOut)),
    }
}

/// The client of this fetcher. On a system without any certificates it trusts nobody, so that https fails as
/// [`FetchFailureKind::Tls`] while loopback issuers still work.
fn client_for(options: &HttpOptions) -> Option<Client> {
    build_client(options, Roots::SystemAndExtra).or_else(|_| build_client(options, Roots::ExtraOnly)).ok()
}

fn build_client(options: &HttpOptions, roots: Roots) -> Result<Client, reqwest::Error> {
    let extra = options.extra_roots.iter().filter_map(|der| Certificate::from_der(der).ok());
    let builder = Client::builder()
        .user_agent(options.user_agent.as_str())
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .gzip(true)
        .dns_resolver(Arc::new(PublicResolver::new(options.loopback, options.hosts.clone())))
        // Divided among a name's addresses, so that one dead address doesn't use up the whole time.
        .connect_timeout(options.limits.fetch_time)
        .pool_idle_timeout(KEEP_IDLE)
        .http1_max_headers(HEADER_LINES)
        .http2_max_header_list_size(HEADER_BYTES as u32);
    match roots {
        Roots::SystemAndExtra => builder.tls_certs_merge(extra),
        Roots::ExtraOnly => builder.tls_certs_only(extra),
    }
    .build()
}
