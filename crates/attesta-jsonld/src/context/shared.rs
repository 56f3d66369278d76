//! Active contexts made from built-in contexts alone. They are the same for every document, so each is made once in
//! the life of the process: after a few credentials no context is processed any more.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use hashbrown::HashMap;

use super::active::{ActiveContext, Context};
use super::process::{ContextError, ContextProcessor};
use super::request::{Recipe, RecipeKind, Request, Scope};
use super::source::{ContextDocument, Edition};
use crate::builtin::builtin;
use crate::to_rdf::SafeMode;

/// A hundred credentials of every kind lead to fewer than 300 contexts. Documents made to lead to ever new ones must not
/// fill the memory, so the table starts anew beyond this.
const MOST_KEPT: usize = 1024;

/// A context, and whether this very call made it.
pub(super) struct Made {
    pub(super) context: Context<'static>,
    pub(super) newness: Newness,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Newness {
    New,
    Known,
}

type Table = RwLock<HashMap<Recipe, Context<'static>>>;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(Table::default)
}

/// The context in which every document starts.
pub(crate) fn initial() -> Context<'static> {
    static INITIAL: OnceLock<Arc<ActiveContext<'static>>> = OnceLock::new();
    Context::Shared(INITIAL.get_or_init(|| Arc::new(ActiveContext::initial())).clone())
}

/// Applies a built-in context document.
pub(super) fn with_document(
    parent: &Arc<ActiveContext<'static>>,
    document: &'static ContextDocument,
    edition: Edition,
) -> Result<Made, ContextError> {
    let ingredient = std::ptr::from_ref(document).addr();
    let recipe = Recipe { parent: parent.number, ingredient, kind: RecipeKind::Document, edition };
    make(recipe, |processor| {
        processor.process_document(&Context::Shared(parent.clone()), document, Request::of_document(None))
    })
}

/// Applies the scoped context that `owner` gives to `term`, if it gives one.
pub(super) fn with_scope(
    active: &Arc<ActiveContext<'static>>,
    owner: &Arc<ActiveContext<'static>>,
    term: &str,
    scope: Scope,
    edition: Edition,
) -> Result<Option<Made>, ContextError> {
    let Some(definition) = owner.shared_term(term) else { return Ok(None) };
    let Some(local) = definition.context else { return Ok(None) };
    let ingredient = std::ptr::from_ref(local).addr();
    let recipe = Recipe { parent: active.number, ingredient, kind: RecipeKind::Scoped(scope), edition };
    make(recipe, |processor| {
        processor.process_scoped(&Context::Shared(active.clone()), local, definition.base_url, scope)
    })
    .map(Some)
}

fn make(
    recipe: Recipe,
    process: impl FnOnce(&mut ContextProcessor<'static>) -> Result<Context<'static>, ContextError>,
) -> Result<Made, ContextError> {
    if let Some(context) = table().read().unwrap_or_else(PoisonError::into_inner).get(&recipe) {
        return Ok(Made { context: context.clone(), newness: Newness::Known });
    }
    let mut processor = ContextProcessor::new(builtin(), recipe.edition, SafeMode::On, None);
    let context = match process(&mut processor)? {
        Context::Local(context) | Context::Shared(context) => Context::Shared(context),
    };
    let mut table = table().write().unwrap_or_else(PoisonError::into_inner);
    if table.len() >= MOST_KEPT {
        table.clear();
    }
    // Another thread may have been faster; all must go on with one and the same.
    let context = table.entry(recipe).or_insert(context).clone();
    Ok(Made { context, newness: Newness::New })
}
