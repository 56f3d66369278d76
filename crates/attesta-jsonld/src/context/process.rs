//! The [context processing algorithm](https://www.w3.org/TR/json-ld11-api/#algorithm).

use std::sync::Arc;

use hashbrown::HashMap;

use super::active::{ActiveContext, Base, Context};
use super::define::LocalContext;
use super::iri::{has_scheme, resolve};
use super::request::{Propagation, ProtectedTerms, Recipe, RecipeKind, RemoteContexts, RepeatedUrls, Request, Scope};
use super::shared;
use super::source::{ContextDocument, ContextSource, Edition};
use super::term::Direction;
use crate::builtin::builtin;
use crate::error::JsonLdErrorCode;
use crate::to_rdf::SafeMode;
use crate::tree::{Object, Value};

/// A context may lead to at most this many others; credentials use fewer than ten.
const MOST_DOCUMENTS: usize = 64;
/// How deep contexts, scoped contexts and term dependencies may nest; published contexts stay below eight.
const MOST_NESTED: u32 = 48;
/// Term definitions, and the copying of contexts in like units. All of Open Badges 3.0 takes a tenth of it.
const WORK: usize = 50_000;

/// Trouble inside a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContextError {
    pub(crate) code: JsonLdErrorCode,
    /// The term or URL.
    pub(crate) detail: String,
}

impl ContextError {
    pub(crate) fn new(code: JsonLdErrorCode, detail: &str) -> Self {
        ContextError { code, detail: detail.to_owned() }
    }
}

/// Makes active contexts, for one conversion.
pub(crate) struct ContextProcessor<'c> {
    source: &'c dyn ContextSource,
    edition: Edition,
    pub(super) safe: SafeMode,
    pub(super) document_base: Option<&'c str>,
    made: HashMap<Recipe, Context<'c>>,
    work_left: usize,
    nesting_left: u32,
}

impl<'c> ContextProcessor<'c> {
    pub(crate) fn new(
        source: &'c dyn ContextSource,
        edition: Edition,
        safe: SafeMode,
        document_base: Option<&'c str>,
    ) -> Self {
        let made = HashMap::new();
        ContextProcessor { source, edition, safe, document_base, made, work_left: WORK, nesting_left: MOST_NESTED }
    }

    /// Applies the `@context` of the document to an active context.
    pub(crate) fn apply(&mut self, active: &Context<'c>, local: &'c Value<'c>) -> Result<Context<'c>, ContextError> {
        self.process(active, local, Request::of_document(self.document_base))
    }

    /// Applies the context that the definition of `term` in `owner` carries, if it carries one.
    pub(crate) fn apply_scoped(
        &mut self,
        active: &Context<'c>,
        owner: &Context<'c>,
        term: &str,
        scope: Scope,
    ) -> Result<Option<Context<'c>>, ContextError> {
        let Some(definition) = owner.term(term) else { return Ok(None) };
        let Some(local) = definition.context else { return Ok(None) };
        if let (Context::Shared(active), Context::Shared(owner)) = (active, owner) {
            return match shared::with_scope(active, owner, term, scope, self.edition)? {
                Some(made) => self.charge_for(made).map(Some),
                None => Ok(None),
            };
        }
        let recipe = Recipe {
            parent: active.number,
            ingredient: std::ptr::from_ref(local).addr(),
            kind: RecipeKind::Scoped(scope),
            edition: self.edition,
        };
        if let Some(known) = self.made.get(&recipe) {
            return Ok(Some(known.clone()));
        }
        let made = self.process_scoped(active, local, definition.base_url, scope)?;
        self.made.insert(recipe, made.clone());
        Ok(Some(made))
    }

    pub(super) fn process_scoped(
        &mut self,
        active: &Context<'c>,
        local: &'c Value<'c>,
        base_url: Option<&'c str>,
        scope: Scope,
    ) -> Result<Context<'c>, ContextError> {
        self.process(active, local, Request::of_scope(base_url, scope))
    }

    /// Tries a scoped context out where it is defined, as the specification wants; the result does not matter.
    pub(super) fn validate_scoped(
        &mut self,
        context: &ActiveContext<'c>,
        local: &'c Value<'c>,
        request: Request<'c, '_>,
    ) -> Result<(), ContextError> {
        self.charge_for_copy(context)?;
        let active = Context::Local(Arc::new(context.clone()));
        let request = Request {
            protected_terms: ProtectedTerms::Overridden,
            propagation: Propagation::Propagates,
            repeated_urls: RepeatedUrls::Skipped,
            ..request
        };
        self.process(&active, local, request).map(drop).map_err(|error| match error.code {
            JsonLdErrorCode::TooMuchWork | JsonLdErrorCode::ContextOverflow => error,
            _ => ContextError { code: JsonLdErrorCode::InvalidScopedContext, ..error },
        })
    }

    fn process(
        &mut self,
        active: &Context<'c>,
        local: &'c Value<'c>,
        request: Request<'c, '_>,
    ) -> Result<Context<'c>, ContextError> {
        let propagation = match local.get("@propagate") {
            Some(Value::Bool(true)) => Propagation::Propagates,
            Some(Value::Bool(false)) => Propagation::EndsWithNode,
            _ => request.propagation,
        };
        let mut result = active.clone();
        if propagation == Propagation::EndsWithNode && result.previous.is_none() {
            let mut marked = self.derive(&result)?;
            marked.previous = Some(active.clone());
            result = Context::Local(Arc::new(marked));
        }
        for item in local.one_or_many() {
            result = match item {
                Value::Null => self.reset(&result, request, propagation)?,
                Value::String(url) => self.apply_url(&result, url, request)?,
                Value::Object(definition) => {
                    self.nested(|processor| processor.apply_definition(&result, definition, request))?
                }
                _ => return Err(ContextError::new(JsonLdErrorCode::InvalidLocalContext, "")),
            };
        }
        Ok(result)
    }

    fn reset(
        &mut self,
        result: &Context<'c>,
        request: Request<'c, '_>,
        propagation: Propagation,
    ) -> Result<Context<'c>, ContextError> {
        if request.protected_terms == ProtectedTerms::Kept && result.has_protected_terms() {
            return Err(ContextError::new(JsonLdErrorCode::InvalidContextNullification, "null"));
        }
        match (propagation, &result.previous) {
            (Propagation::EndsWithNode, Some(previous)) => {
                let mut marked = ActiveContext::initial();
                marked.previous = Some(previous.clone());
                Ok(Context::Local(Arc::new(marked)))
            }
            _ => Ok(shared::initial()),
        }
    }

    fn apply_url(
        &mut self,
        result: &Context<'c>,
        url: &'c str,
        request: Request<'c, '_>,
    ) -> Result<Context<'c>, ContextError> {
        let document = self.document(url, request.base_url)?;
        if request.repeated_urls == RepeatedUrls::Skipped
            && request.remote_contexts.is_some_and(|remote| remote.contains(document.url()))
        {
            return Ok(result.clone());
        }
        if !request.is_plain() {
            return self.process_document(result, document, request);
        }
        if let Context::Shared(parent) = result
            && let Some(built_in) = builtin().context(url, self.edition)
            && std::ptr::eq(built_in, document)
        {
            let made = shared::with_document(parent, built_in, self.edition)?;
            return self.charge_for(made);
        }
        let recipe = Recipe {
            parent: result.number,
            ingredient: std::ptr::from_ref(document).addr(),
            kind: RecipeKind::Document,
            edition: self.edition,
        };
        if let Some(known) = self.made.get(&recipe) {
            return Ok(known.clone());
        }
        let made = self.process_document(result, document, request)?;
        self.made.insert(recipe, made.clone());
        Ok(made)
    }

    fn document(&self, url: &'c str, base_url: Option<&str>) -> Result<&'c ContextDocument, ContextError> {
        if let Some(document) = self.source.context(url, self.edition) {
            return Ok(document);
        }
        let resolved = match base_url {
            Some(base) if !has_scheme(url) => resolve(base, url),
            _ => None,
        };
        let url = resolved.as_deref().unwrap_or(url);
        self.source
            .context(url, self.edition)
            .ok_or_else(|| ContextError::new(JsonLdErrorCode::LoadingRemoteContextFailed, url))
    }

    /// Applies a context document without looking whether that was done before.
    pub(super) fn process_document(
        &mut self,
        result: &Context<'c>,
        document: &'c ContextDocument,
        request: Request<'c, '_>,
    ) -> Result<Context<'c>, ContextError> {
        let Some(local) = document.context() else {
            return Err(ContextError::new(JsonLdErrorCode::InvalidRemoteContext, document.url()));
        };
        let mut active = self.derive(result)?;
        if !active.documents.iter().any(|known| std::ptr::eq(*known, document)) {
            active.documents.push(document);
        }
        if active.documents.len() > MOST_DOCUMENTS {
            return Err(ContextError::new(JsonLdErrorCode::ContextOverflow, document.url()));
        }
        let remote = RemoteContexts { url: document.url(), before: request.remote_contexts };
        let request = Request {
            base_url: Some(document.url()),
            remote_contexts: Some(&remote),
            repeated_urls: request.repeated_urls,
            ..Request::of_document(None)
        };
        self.nested(|processor| processor.process(&Context::Local(Arc::new(active)), local, request))
    }

    fn apply_definition(
        &mut self,
        result: &Context<'c>,
        definition: &'c Object<'c>,
        request: Request<'c, '_>,
    ) -> Result<Context<'c>, ContextError> {
        let mut local = LocalContext::new(definition, request);
        if let Some(version) = local.get("@version")
            && !matches!(version, Value::Number(number) if number.as_f64() == 1.1)
        {
            return Err(ContextError::new(JsonLdErrorCode::InvalidVersionValue, "@version"));
        }
        if let Some(import) = local.get("@import") {
            local.merge_under(self.imported(import, request.base_url)?);
        }
        let mut context = self.derive(result)?;
        if request.remote_contexts.is_none()
            && let Some(base) = local.get("@base")
        {
            context.base = self.base_of(&context, base)?;
        }
        if let Some(vocab) = local.get("@vocab") {
            context.vocab = self.vocab_of(&context, vocab)?;
        }
        if let Some(language) = local.get("@language") {
            context.language = match language {
                Value::Null => None,
                Value::String(tag) => Some(tag.to_lowercase().into()),
                _ => return Err(ContextError::new(JsonLdErrorCode::InvalidDefaultLanguage, "@language")),
            };
        }
        if let Some(direction) = local.get("@direction") {
            context.direction = direction_of(direction)?;
        }
        if let Some(propagate) = local.get("@propagate")
            && !matches!(propagate, Value::Bool(_))
        {
            return Err(ContextError::new(JsonLdErrorCode::InvalidPropagateValue, "@propagate"));
        }
        local.read_protected()?;
        for term in local.terms() {
            self.define(&mut context, &mut local, term)?;
        }
        Ok(Context::Local(Arc::new(context)))
    }

    /// The context definition that `@import` names.
    fn imported(&self, import: &'c Value<'c>, base_url: Option<&str>) -> Result<&'c Object<'c>, ContextError> {
        let Value::String(url) = import else {
            return Err(ContextError::new(JsonLdErrorCode::InvalidImportValue, "@import"));
        };
        let document = self.document(url, base_url)?;
        let Some(Value::Object(definition)) = document.context() else {
            return Err(ContextError::new(JsonLdErrorCode::InvalidRemoteContext, document.url()));
        };
        if definition.contains_key("@import") {
            return Err(ContextError::new(JsonLdErrorCode::InvalidContextEntry, "@import"));
        }
        Ok(definition)
    }

    fn base_of(&self, context: &ActiveContext<'c>, base: &'c Value<'c>) -> Result<Base, ContextError> {
        let text = match base {
            Value::Null => return Ok(Base::Null),
            Value::String(text) => text,
            _ => return Err(ContextError::new(JsonLdErrorCode::InvalidBaseIri, "@base")),
        };
        let resolved = match has_scheme(text) {
            true => text.clone(),
            false => context.resolve(text, self.document_base),
        };
        match has_scheme(&resolved) {
            true => Ok(Base::Iri(resolved.into())),
            false => Err(ContextError::new(JsonLdErrorCode::InvalidBaseIri, text)),
        }
    }

    pub(super) fn derive(&mut self, context: &ActiveContext<'c>) -> Result<ActiveContext<'c>, ContextError> {
        self.charge_for_copy(context)?;
        Ok(context.derive())
    }

    fn charge_for_copy(&mut self, context: &ActiveContext<'c>) -> Result<(), ContextError> {
        self.charge(1 + context.term_count() / 16)
    }

    fn charge_for(&mut self, made: shared::Made) -> Result<Context<'c>, ContextError> {
        let shared::Made { context, newness } = made;
        match newness {
            shared::Newness::New => self.charge(context.term_count())?,
            shared::Newness::Known => {}
        }
        Ok(context)
    }

    pub(super) fn charge(&mut self, work: usize) -> Result<(), ContextError> {
        match self.work_left.checked_sub(work) {
            Some(left) => self.work_left = left,
            None => return Err(ContextError::new(JsonLdErrorCode::TooMuchWork, "@context")),
        }
        Ok(())
    }

    /// Runs a step that may lead to itself.
    pub(super) fn nested<T>(
        &mut self,
        step: impl FnOnce(&mut Self) -> Result<T, ContextError>,
    ) -> Result<T, ContextError> {
        let Some(left) = self.nesting_left.checked_sub(1) else {
            return Err(ContextError::new(JsonLdErrorCode::ContextOverflow, "@context"));
        };
        self.nesting_left = left;
        let result = step(self);
        self.nesting_left += 1;
        result
    }
}

pub(super) fn direction_of(value: &Value<'_>) -> Result<Option<Direction>, ContextError> {
    let direction = match value {
        Value::Null => return Ok(None),
        Value::String(text) => Direction::parse(text),
        _ => None,
    };
    direction.map(Some).ok_or_else(|| ContextError::new(JsonLdErrorCode::InvalidBaseDirection, "@direction"))
}
