//! What the window asks about bundles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A new bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CreateBundle {
    /// Its title.
    pub title: String,
    /// The note to the reader, Markdown.
    #[serde(default)]
    pub note: Option<String>,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Option<String>,
    /// The records in order.
    pub credentials: Vec<String>,
    /// Notes on single credentials, by the record's identifier.
    #[serde(default)]
    pub notes: BTreeMap<String, String>,
    /// What is not shown, by the record's identifier.
    #[serde(default)]
    pub withheld: BTreeMap<String, Vec<String>>,
    /// The parts that the reader finds folded away.
    #[serde(default)]
    pub hidden_parts: Vec<String>,
}

/// A change to a bundle; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditBundle {
    /// The bundle's identifier.
    pub id: String,
    /// A new title.
    #[serde(default)]
    pub title: Option<String>,
    /// A new note; an empty text removes it.
    #[serde(default)]
    pub note: Option<String>,
    /// A new audience; an empty text removes it.
    #[serde(default)]
    pub audience: Option<String>,
    /// The records in their new order.
    #[serde(default)]
    pub credentials: Option<Vec<String>>,
    /// All notes on single credentials.
    #[serde(default)]
    pub notes: Option<BTreeMap<String, String>>,
    /// All that is not shown.
    #[serde(default)]
    pub withheld: Option<BTreeMap<String, Vec<String>>>,
    /// All parts that the reader finds folded away.
    #[serde(default)]
    pub hidden_parts: Option<Vec<String>>,
}

/// An earlier version of a bundle that is to be the newest again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RestoreBundle {
    /// The bundle's identifier.
    pub id: String,
    /// The version.
    pub version: u32,
}

/// A bundle as it is being written, saved or not; an empty title and no credentials are fine here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewBundle {
    /// What it says and holds.
    pub draft: CreateBundle,
}
