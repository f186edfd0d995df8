//! The mix, over several connections.

use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use crate::client::{Answer, Connection};
use crate::kinds::{Kind, kinds};

/// How much is sent.
#[derive(Debug, Clone, Copy)]
pub enum Amount {
    /// This many rounds of the mix on each connection.
    Rounds(usize),
    /// For so long.
    Time(Duration),
}

/// The results.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many requests were answered.
    pub requests: usize,
    /// Descriptions of wrong responses.
    pub errors: Vec<String>,
}

/// Sends the mix to a server, with the layer or without, over so many connections at once.
#[must_use]
pub fn run(address: SocketAddr, is_layered: bool, connections: usize, amount: Amount) -> Tally {
    let kinds = kinds();
    let round: Vec<&Kind> = kinds
        .iter()
        .flat_map(|kind| std::iter::repeat_n(kind, kind.weight))
        .collect();
    let start = Instant::now();
    let is_over = |sent: usize| match amount {
        Amount::Rounds(rounds) => sent == rounds * round.len(),
        Amount::Time(time) => start.elapsed() >= time,
    };
    let sender = |first: usize| {
        let mut tally = Tally::default();
        let mut connection = None;
        for sent in 0.. {
            if is_over(sent) {
                break;
            }
            // A step that divides no round goes through all of it, and mixes the groups.
            let kind = round[(first * 17 + sent * 37) % round.len()];
            let fault = send(address, &mut connection, kind, is_layered);
            tally.requests += 1;
            tally.errors.extend(fault);
        }
        tally
    };
    thread::scope(|scope| {
        let senders: Vec<_> = (0..connections)
            .map(|first| scope.spawn(move || sender(first)))
            .collect();
        let tallies = senders
            .into_iter()
            .map(|sender| sender.join().expect("no panic"));
        tallies.fold(Tally::default(), |mut all, mut tally| {
            all.requests += tally.requests;
            all.errors.append(&mut tally.errors);
            all
        })
    })
}

/// Sends one request, on the existing connection or a new one, and returns what is wrong.
fn send(
    address: SocketAddr,
    connection: &mut Option<Connection>,
    kind: &Kind,
    is_layered: bool,
) -> Option<String> {
    let mut open = match connection
        .take()
        .map_or_else(|| Connection::open(address), Ok)
    {
        Ok(open) => open,
        Err(error) => return Some(format!("no connection: {error}")),
    };
    let answer = match open.exchange(&kind.bytes) {
        Ok(answer) => answer,
        Err(error) => return Some(format!("{}: {error}", kind.name)),
    };
    if answer.as_ref().is_some_and(|answer| !answer.is_last) {
        *connection = Some(open);
    }
    let (status, allow_origin) = match is_layered {
        true => (kind.status, kind.allow_origin),
        false => (kind.bare, None),
    };
    let is_right = match &answer {
        None => status.is_none(),
        Some(Answer {
            status: got,
            allow_origin: origin,
            ..
        }) => status == Some(*got) && origin.as_deref() == allow_origin.map(str::as_bytes),
    };
    (!is_right).then(|| format!("{}: {answer:?}", kind.name))
}
