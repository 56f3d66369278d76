//! The fetcher for the web, with threads of its own on which its requests run.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::IpAddr;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use attesta_verify::{FetchFailureKind, LoopbackAccess};
use reqwest::header::HeaderValue;
use reqwest::{Certificate, Client, redirect};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::time::timeout_at;

use crate::budget::Budget;
use crate::fetch::{Answered, Ask, Fetch, FetchRequest, Fetched};
use crate::limits::{AT_ONCE, HEADER_BYTES, KEEP_IDLE, Limits};
use crate::resolver::PublicResolver;
use crate::transfer;

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
    /// The system gave no threads or no event queue.
    #[error("the system gave no threads for network requests")]
    System(#[source] std::io::Error),
}

/// Fetches over https within all limits. It may be called from any thread, several at once, and also from within
/// another async runtime: the requests run on threads of its own.
#[derive(Debug)]
pub struct HttpFetcher {
    options: HttpOptions,
    limits: Arc<Limits>,
    /// Made at the first fetch; none if it can't be made.
    client: OnceLock<Option<Client>>,
    /// None only while this is being dropped.
    runtime: Option<Runtime>,
}

/// Which certificates a client goes by.
#[derive(Debug, Clone, Copy)]
enum Roots {
    SystemAndExtra,
    ExtraOnly,
}

impl HttpFetcher {
    /// A fetcher with its threads. Nothing is asked, and the system's certificates are not read, before the first
    /// fetch.
    ///
    /// # Errors
    /// [`StartError`] if the options can't be used or the system gives no threads.
    pub fn new(options: HttpOptions) -> Result<Self, StartError> {
        HeaderValue::from_str(&options.user_agent).map_err(|_| StartError::UserAgent)?;
        for (index, der) in options.extra_roots.iter().enumerate() {
            Certificate::from_der(der).map_err(|_| StartError::Certificate { index })?;
        }
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .max_blocking_threads(LOOKUPS)
            .thread_name("attesta-net")
            .enable_all()
            .build()
            .map_err(StartError::System)?;
        let limits = Arc::new(options.limits.clone());
        Ok(HttpFetcher { options, limits, client: OnceLock::new(), runtime: Some(runtime) })
    }

    /// What a request is made with; none if it can't be made.
    fn tools(&self) -> Option<(Client, Arc<Limits>)> {
        let client = self.client.get_or_init(|| client_for(&self.options)).as_ref()?;
        Some((client.clone(), Arc::clone(&self.limits)))
    }

    /// Runs all jobs, at most [`AT_ONCE`] of them at a time, and returns their answers in the same order, at the latest
    /// soon after the end of the budget.
    fn all<T, F>(&self, jobs: Vec<F>, budget: &Budget) -> Vec<Result<T, FetchFailureKind>>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, FetchFailureKind>> + Send + 'static,
    {
        let (answers, answered) = mpsc::channel();
        let mut collected: Vec<Option<_>> = jobs.iter().map(|_| None).collect();
        self.begin(jobs, budget, &answers);
        drop(answers);
        let mut over_since = None;
        let rest = loop {
            match answered.recv_timeout(LOOK_UP) {
                Ok((place, answer)) => collected[place] = Some(answer),
                Err(RecvTimeoutError::Disconnected) => break FetchFailureKind::Unreachable,
                Err(RecvTimeoutError::Timeout) => {
                    self.keep_awake();
                    // Should hostile servers hold up every thread at once, the caller still gets away.
                    if let Some(kind) = end_of(budget)
                        && over_since.get_or_insert_with(Instant::now).elapsed() > GRACE
                    {
                        break kind;
                    }
                }
            }
        };
        collected.into_iter().map(|answer| answer.unwrap_or(Err(rest))).collect()
    }

    /// Begins all jobs. A caller that no longer waits needs no answer.
    fn begin<T, F>(&self, jobs: Vec<F>, budget: &Budget, answers: &mpsc::Sender<Answer<T>>)
    where
        T: Send + 'static,
        F: Future<Output = Result<T, FetchFailureKind>> + Send + 'static,
    {
        let Some(runtime) = &self.runtime else { return };
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        for (place, job) in jobs.into_iter().enumerate() {
            let (turns, budget, answers) = (Arc::clone(&turns), budget.clone(), answers.clone());
            let fetch_time = self.limits.fetch_time;
            runtime.spawn(async move {
                let _ = answers.send((place, bounded(job, &budget, fetch_time, &turns).await));
            });
        }
    }

    /// Wakes a thread that then watches over timers and connections. A server that floods keeps one thread reading for
    /// a while, and if that is the one which watched, the runtime does not appoint another before something new comes.
    fn keep_awake(&self) {
        if let Some(runtime) = &self.runtime {
            runtime.spawn(async {});
        }
    }
}

impl Drop for HttpFetcher {
    fn drop(&mut self) {
        // Waits for nothing: a name lookup that hangs in the system's resolver must not keep the caller, and a runtime
        // that waits must not be dropped inside another one.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Fetch for HttpFetcher {
    fn fetch(&self, requests: &[FetchRequest], within: &Budget) -> Vec<Result<Fetched, FetchFailureKind>> {
        let Some((client, limits)) = self.tools() else {
            return requests.iter().map(|_| Err(FetchFailureKind::Unreachable)).collect();
        };
        let loopback = self.options.loopback;
        let job = |request: FetchRequest| {
            let (client, limits) = (client.clone(), Arc::clone(&limits));
            async move { transfer::fetch(&client, &request, loopback, &limits).await }
        };
        self.all(requests.iter().cloned().map(job).collect(), within)
    }

    fn ask(&self, request: &Ask, within: &Budget) -> Result<Answered, FetchFailureKind> {
        let (client, limits) = self.tools().ok_or(FetchFailureKind::Unreachable)?;
        let (request, loopback) = (request.clone(), self.options.loopback);
        let job = async move { transfer::ask(&client, &request, loopback, &limits).await };
        self.all(vec![job], within).pop().unwrap_or(Err(FetchFailureKind::Unreachable))
    }
}

/// The answer to one request and its place in the call.
type Answer<T> = (usize, Result<T, FetchFailureKind>);

/// Enough threads that a server which floods one of them does not hold up the timers and the other connections.
const WORKERS: usize = 4;

/// Most name lookups at once. They can't be cancelled, so those of hosts that never answer pile up to here.
const LOOKUPS: usize = 32;

/// How often a waiting caller looks up at its budget.
const LOOK_UP: Duration = Duration::from_millis(100);

/// How long after the end of its budget a caller waits for the last answers.
const GRACE: Duration = Duration::from_millis(500);

/// What has ended a budget, if it is over.
fn end_of(budget: &Budget) -> Option<FetchFailureKind> {
    match (budget.cancel().is_cancelled(), budget.remaining().is_zero()) {
        (true, _) => Some(FetchFailureKind::Cancelled),
        (false, true) => Some(FetchFailureKind::TimedOut),
        (false, false) => None,
    }
}

/// One request under the time limits of its caller and its own, which begins when its turn comes.
async fn bounded<T>(
    job: impl Future<Output = Result<T, FetchFailureKind>>,
    budget: &Budget,
    fetch_time: Duration,
    turns: &Semaphore,
) -> Result<T, FetchFailureKind> {
    let in_turn = async {
        let _turn = turns.acquire().await.map_err(|_| FetchFailureKind::Unreachable)?;
        let own_end = Instant::now() + fetch_time;
        timeout_at(own_end.into(), job).await.unwrap_or(Err(FetchFailureKind::TimedOut))
    };
    // Checked before anything is polled: under a budget that is over nobody may be contacted.
    if let Some(kind) = end_of(budget) {
        return Err(kind);
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
        .http2_max_header_list_size(HEADER_BYTES as u32);
    match roots {
        Roots::SystemAndExtra => builder.tls_certs_merge(extra),
        Roots::ExtraOnly => builder.tls_certs_only(extra),
    }
    .build()
}
