//! The whole way from a manifest to Rust, for all front ends.

use crate::check::{Tolerance, Upkeep};
use crate::diagnostic::WIDTH;
use crate::diagnostic::report::Report;
use crate::diagnostic::span::{SourceFiles, Span};
use crate::emit::{Storage, Target};
use crate::findings::{CompileErrors, Warnings};
use crate::in_memory::CatalogSnapshot;
use crate::lock_file::{LockText, LockedBase};
use crate::module::Module;
use crate::parallel;
use crate::path_name::path_name;
use crate::read::base::Base;
use crate::read::draft::Draft;
use crate::read::draft_policy::DraftPolicy;
use crate::read::inherited::Inherited;
use crate::read::load;
use crate::read::load::Loaded;
use crate::resolve;
use crate::selection::{EntryFilter, Selection, Taxonomy, tables};
use crate::translate::coverage::Coverage;
use crate::translate::files::TranslationFiles;
use crate::translate::texts_of_base;
use crate::{check, emit};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::HashSet;
use std::mem;
use std::path::{Path, PathBuf};

/// The columns of a source line that reports show in the narrowest and the widest terminal.
const NARROWEST: usize = 30;
const WIDEST: usize = 400;

/// Compiles one catalogue.
///
/// ```
/// # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("tests/golden/onboarding");
/// let module = lift_errors_codegen::Compiler::new(folder, "catalog.toml").compile()?;
/// assert_eq!(module.name(), "onboarding");
/// assert!(module.to_source().contains("pub enum Code"));
/// # Ok::<(), lift_errors_codegen::CompileErrors>(())
/// ```
#[derive(Debug)]
pub struct Compiler {
    base: PathBuf,
    manifest: String,
    module: Option<Ident>,
    visibility: TokenStream,
    krate: TokenStream,
    is_canonical: bool,
    track_files: bool,
    tables_in_files: bool,
    deny_drafts: bool,
    may_be_empty: bool,
    may_lack_released: bool,
    unlisted_locales: Vec<String>,
    width: usize,
}

impl Compiler {
    /// A compiler for the manifest at `manifest`. The path is relative to `base`, and messages show it unchanged, but
    /// with `/` on Windows.
    pub fn new(base: impl AsRef<Path>, manifest: impl AsRef<Path>) -> Self {
        Self {
            base: base.as_ref().to_owned(),
            manifest: path_name(manifest.as_ref()),
            module: None,
            visibility: quote!(pub),
            krate: quote!(::lift_errors),
            is_canonical: false,
            track_files: false,
            tables_in_files: false,
            deny_drafts: false,
            may_be_empty: false,
            may_lack_released: false,
            unlisted_locales: Vec::new(),
            width: WIDTH,
        }
    }

    /// Calls the module `name` and not as the catalogue is called.
    #[must_use]
    pub fn module(mut self, name: Ident) -> Self {
        self.module = Some(name);
        self
    }

    /// Gives the module a visibility other than `pub`.
    #[must_use]
    pub fn visibility(mut self, visibility: TokenStream) -> Self {
        self.visibility = visibility;
        self
    }

    /// Where the generated code finds the runtime, as an absolute path: `::lift_errors` unless renamed.
    #[must_use]
    pub fn runtime(mut self, path: TokenStream) -> Self {
        self.krate = path;
        self
    }

    /// Compiles the canonical catalogue, or a copy of it: the module belongs to the crate `lift_errors` itself, and the
    /// name `lift`, codes without a prefix and a Cargo feature for each locale are allowed.
    #[must_use]
    pub fn canonical(mut self) -> Self {
        self.krate = quote!(crate);
        self.is_canonical = true;
        self
    }

    /// Makes the generated code depend on the catalogue's files, so that cargo compiles it again when
    /// one changes. Where a build script says so itself, it is not needed.
    #[must_use]
    pub fn track_files(mut self) -> Self {
        self.track_files = true;
        self
    }

    /// Keeps tables and texts in files of their own, which [`Module::write_into`] writes beside the source. rustc takes
    /// them in as they are: a catalogue of a thousand entries and more compiles in a fraction of the time.
    #[must_use]
    pub fn tables_in_files(mut self) -> Self {
        self.tables_in_files = true;
        self
    }

    /// Takes drafts for faults, as `drafts = "deny"` in the manifest does: for a release.
    #[must_use]
    pub fn deny_drafts(mut self) -> Self {
        self.deny_drafts = true;
        self
    }

    /// Takes a catalogue without entries for one without faults, before the first entry is added.
    #[doc(hidden)]
    #[must_use]
    pub fn may_be_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }

    /// Takes a catalogue that lost a released code or phrase for one without faults, until the tombstone is written.
    #[doc(hidden)]
    #[must_use]
    pub fn may_lack_released(mut self) -> Self {
        self.may_lack_released = true;
        self
    }

    /// Reads the translations into a locale also where the manifest does not list it, if they have a folder.
    #[doc(hidden)]
    #[must_use]
    pub fn with_locale(mut self, tag: &str) -> Self {
        self.unlisted_locales.push(tag.to_owned());
        self
    }

    /// Shows at most so many columns of a source line in reports, for a terminal of that width: 120 unless something else is
    /// said. A line needs some more columns for its number.
    #[must_use]
    pub fn width(mut self, columns: usize) -> Self {
        self.width = columns.clamp(NARROWEST, WIDEST);
        self
    }

    /// Loads, checks and emits.
    ///
    /// # Errors
    ///
    /// All faults of the catalogue, each with its place and a remedy.
    pub fn compile(&self) -> Result<Module, CompileErrors> {
        let mut loaded = self.load();
        let module = self.emit(&mut loaded);
        parallel::free(loaded);
        module
    }

    fn emit(&self, loaded: &mut Loaded) -> Result<Module, CompileErrors> {
        let files: Vec<PathBuf> = loaded.sources.paths().map(Path::to_owned).collect();
        let name = loaded.draft.manifest.name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
        let target = Target {
            module: self.module.clone().unwrap_or_else(|| module_name(&name)),
            visibility: self.visibility.clone(),
            krate: self.krate.clone(),
            is_canonical: self.is_canonical,
            manifest: &self.manifest,
            tracking: if self.track_files { self.tracking(&loaded.sources) } else { TokenStream::new() },
        };
        let mut report = report_on_all(loaded);
        if !report.is_empty() {
            let stub = emit::stub(&loaded.draft, &target);
            return Err(CompileErrors::new(report, &loaded.sources, self.width).with_stub(stub));
        }
        let warnings = report.warnings(&loaded.sources, self.width);
        let catalog = resolve::resolve(&loaded.draft);
        let (name, manifest) = (target.module.to_string(), self.manifest.clone());
        let mut storage = if self.tables_in_files { Storage::files(&name) } else { Storage::Literals };
        let source = emit::module(&catalog, &target, &mut storage);
        let (tables, lock) = (storage.into_files(), emit::lock::write(&catalog.source, &loaded.draft.released));
        let codes = catalog.source.entries.iter().map(|entry| entry.code.clone()).collect();
        Ok(Module { lock, name, codes, source, tables, files, manifest, warnings })
    }

    /// Loads and checks, and emits nothing. The result is what does not keep the catalogue from being compiled.
    ///
    /// # Errors
    ///
    /// All faults of the catalogue.
    pub fn check(&self) -> Result<Warnings, CompileErrors> {
        let mut loaded = self.load();
        let mut report = report_on_all(&mut loaded);
        let checked = match report.is_empty() {
            true => Ok(Warnings::new(&mut report, &loaded.sources, self.width)),
            false => Err(CompileErrors::new(report, &loaded.sources, self.width)),
        };
        parallel::free(loaded);
        checked
    }

    /// The lock file as the catalogue gives it.
    ///
    /// # Errors
    ///
    /// All faults of the catalogue.
    #[doc(hidden)]
    pub fn lock(&self) -> Result<LockText, CompileErrors> {
        let mut loaded = self.load();
        let report = report_on_all(&mut loaded);
        if !report.is_empty() {
            return Err(CompileErrors::new(report, &loaded.sources, self.width));
        }
        let catalog = resolve::resolve(&loaded.draft);
        let text = emit::lock::write(&catalog.source, &loaded.draft.released);
        Ok(LockText::new(self.base.join(&self.manifest), text, LockedBase::of(&loaded.draft)))
    }

    /// Checks, and reports the findings in the selected entries, in their translations and outside of all entries.
    #[doc(hidden)]
    pub fn check_part(&self, filter: &EntryFilter) -> CheckedPart {
        let mut loaded = self.load();
        // Drafts are counted in one finding, here those of the part.
        let drafts = mem::replace(&mut loaded.draft.manifest.drafts, DraftPolicy::Allow);
        let mut report = report_on_all(&mut loaded);
        let selection = Selection::new(&loaded.draft, filter);
        let places = selection.places(&loaded.sources);
        let (other_faults, other_warnings) = report.leave_out(|span| places.is_of_other(span));
        let part = loaded.draft.entries.iter().filter(|entry| selection.has(entry.code.as_str()));
        report.add_all(check::draft_summary(part, drafts));
        let (entries, all_entries) = (selection.len(), loaded.draft.entries.len());
        let checked = match report.is_empty() {
            true => Ok(Warnings::new(&mut report, &loaded.sources, self.width)),
            false => Err(CompileErrors::new(report, &loaded.sources, self.width)),
        };
        let taxonomy = Taxonomy::of(&loaded.draft);
        CheckedPart { entries, all_entries, other_faults, other_warnings, taxonomy, checked }
    }

    /// The words of the catalogue's own taxonomy, whatever faults it has.
    #[doc(hidden)]
    pub fn taxonomy(&self) -> Taxonomy {
        Taxonomy::of(&self.load().draft)
    }

    /// The catalogue in memory, whatever translations are missing or stale.
    ///
    /// # Errors
    ///
    /// All faults of the catalogue, but for texts that are missing or stale.
    #[doc(hidden)]
    pub fn snapshot(&self) -> Result<CatalogSnapshot, CompileErrors> {
        let (draft, sources) = self.checked(self.load(), Tolerance::ChangedTexts)?;
        let localised = resolve::resolve(&draft);
        Ok(CatalogSnapshot::new(&draft, &localised, &sources))
    }

    /// How far the translations are.
    ///
    /// # Errors
    ///
    /// All faults of the catalogue, but for texts that are missing or stale. A translation that does not say what its text says
    /// counts as stale.
    pub fn coverage(&self) -> Result<Coverage, CompileErrors> {
        Ok(Coverage::of(&self.checked(self.load(), Tolerance::Everything)?.0))
    }

    /// How far the translations of the selected entries are.
    #[doc(hidden)]
    pub fn coverage_of_part(&self, filter: &EntryFilter) -> CoveredPart {
        let loaded = self.load();
        let taxonomy = Taxonomy::of(&loaded.draft);
        let coverage = self.checked(loaded, Tolerance::Everything).map(|(draft, _)| {
            let selection = Selection::new(&draft, filter);
            (selection.len() > 0).then(|| Coverage::of_part(&draft, Some(&selection)))
        });
        CoveredPart { taxonomy, coverage }
    }

    /// The files that tools write for translators, as they should be now.
    ///
    /// # Errors
    ///
    /// All faults of the catalogue, but for texts that are missing or stale. A translation that does not say what its text says
    /// counts as stale: translators mend it with these files.
    pub fn translation_files(&self) -> Result<TranslationFiles, CompileErrors> {
        let (draft, sources) = self.checked(self.load(), Tolerance::Everything)?;
        Ok(TranslationFiles::new(draft, sources, self.base.join(&self.manifest)))
    }

    /// The same, where a translation that does not say what its text says is a fault.
    #[doc(hidden)]
    pub fn agreeing_translation_files(&self) -> Result<TranslationFiles, CompileErrors> {
        let (draft, sources) = self.checked(self.load(), Tolerance::Nothing)?;
        Ok(TranslationFiles::new(draft, sources, self.base.join(&self.manifest)))
    }

    /// The same for somebody who says that the translations of some texts are right, into a locale or into all. If one of them does
    /// not say what its text says, the error has its faults alone.
    #[doc(hidden)]
    pub fn translation_files_to_mark(
        &self,
        locale: Option<&str>,
        addresses: &[String],
    ) -> Result<TranslationFiles, CompileErrors> {
        let files = self.translation_files()?;
        // One that is not listed has no translations.
        let locale = locale.map(|tag| files.listed(tag).unwrap_or(tag));
        let addresses: HashSet<String> = files.disagreeing(locale, addresses).into_iter().collect();
        if addresses.is_empty() {
            return Ok(files);
        }
        let mut loaded = self.load();
        let mut report = report_on_present_texts(&mut loaded, Tolerance::Nothing);
        let overlays = loaded.draft.overlays.iter().filter(|it| locale.is_none_or(|locale| it.tag.value == locale));
        let texts = overlays.flat_map(|overlay| overlay.addressed());
        let texts = texts.filter(|(address, _)| addresses.contains(address));
        let spans: Vec<Span> = texts.flat_map(|(_, text)| text.spans()).collect();
        report.leave_out(|span| !span.begins_within(&spans));
        Err(CompileErrors::new(report, &loaded.sources, self.width))
    }

    /// The faults of the translations into some locales, each with the locale and the address of its text.
    #[doc(hidden)]
    pub fn translation_faults(&self, locales: &[String]) -> Vec<((String, String), String)> {
        let mut loaded = self.load();
        let report = report_on_present_texts(&mut loaded, Tolerance::Nothing);
        let overlays = loaded.draft.overlays.iter().filter(|overlay| locales.contains(&overlay.tag.value));
        let texts =
            overlays.flat_map(|overlay| overlay.addressed().map(move |(address, text)| (overlay, address, text)));
        let faults = texts.flat_map(|(overlay, address, text)| {
            let faults: Vec<String> = report.faults_within(&text.spans()).collect();
            faults.into_iter().map(move |fault| ((overlay.tag.value.clone(), address.clone()), fault))
        });
        faults.collect()
    }

    /// The faults of the entries of a listed file in their order, each with the code of its entry.
    #[doc(hidden)]
    pub fn entry_faults(&self, file: &str) -> Vec<(String, String)> {
        let mut loaded = self.load();
        let report = report_on_present_texts(&mut loaded, Tolerance::Nothing);
        let path = self.base.join(&self.manifest).with_file_name(file);
        let Some((source, text)) = loaded.sources.at(&path) else { return Vec::new() };
        let tables: Vec<(usize, &str)> = tables(text).collect();
        let code = |at: usize| {
            let behind = tables.partition_point(|(start, _)| *start <= at);
            behind.checked_sub(1).and_then(|last| tables.get(last)).map(|(_, code)| (*code).to_owned())
        };
        let mut faults: Vec<(usize, String)> = report.faults_in(source).collect();
        faults.sort_by_key(|(at, _)| *at);
        faults.into_iter().filter_map(|(at, fault)| Some((code(at)?, fault))).collect()
    }

    /// What follows from an edit of the entries, whatever faults the catalogue has.
    #[doc(hidden)]
    pub fn upkeep(&self) -> Upkeep {
        Upkeep::of(&self.load().draft)
    }

    /// The names and ids that the catalogue takes over from its base, whatever faults it has.
    #[doc(hidden)]
    pub fn inherited(&self) -> Inherited {
        let Loaded { draft, .. } = self.load();
        let base = draft.manifest.extends.as_ref().and_then(|name| Base::named(name).ok());
        let of_base = |base| Inherited::of(&draft, &load::base_texts(base), texts_of_base(&draft));
        base.map(of_base).unwrap_or_default()
    }

    /// The same as [`translation_files`](Self::translation_files), whatever faults the catalogue has.
    #[doc(hidden)]
    pub fn unchecked_translation_files(&self) -> TranslationFiles {
        let Loaded { draft, sources, .. } = self.load();
        TranslationFiles::new(draft, sources, self.base.join(&self.manifest))
    }

    /// The draft with the files that it was read from, where what is in it is right, whatever is missing or stale.
    fn checked(&self, mut loaded: Loaded, tolerance: Tolerance) -> Result<(Draft, SourceFiles), CompileErrors> {
        let report = report_on_present_texts(&mut loaded, tolerance);
        match report.is_empty() {
            true => Ok((loaded.draft, loaded.sources)),
            false => Err(CompileErrors::new(report, &loaded.sources, self.width)),
        }
    }

    fn load(&self) -> Loaded {
        let mut loaded = load::load(&self.base.join(&self.manifest), &self.manifest, &self.unlisted_locales);
        loaded.draft.is_canonical = self.is_canonical;
        loaded.draft.may_be_empty = self.may_be_empty;
        loaded.draft.may_lack_released = self.may_lack_released;
        if self.deny_drafts {
            loaded.draft.manifest.drafts = DraftPolicy::Deny;
        }
        loaded
    }

    fn tracking(&self, sources: &SourceFiles) -> TokenStream {
        if Path::new(&self.manifest).is_absolute() {
            let paths = sources.paths().map(path_name);
            return paths
                .map(|path| {
                    quote!(
                        const _: &[u8] = ::core::include_bytes!(#path);
                    )
                })
                .collect();
        }
        let names = sources.names();
        names
            .map(|name| {
                quote! {
                    const _: &[u8] = ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #name));
                }
            })
            .collect()
    }
}

/// All findings.
fn report_on_all(loaded: &mut Loaded) -> Report {
    let report = mem::take(&mut loaded.report);
    check::check(&mut loaded.draft, loaded.incomplete, report, Tolerance::ChangedTexts)
}

/// The findings, but for texts that are missing or stale, and for drafts.
fn report_on_present_texts(loaded: &mut Loaded, tolerance: Tolerance) -> Report {
    let manifest = &mut loaded.draft.manifest;
    (manifest.complete, manifest.fresh, manifest.drafts) = (false, false, DraftPolicy::Allow);
    check::check(&mut loaded.draft, loaded.incomplete, mem::take(&mut loaded.report), tolerance)
}

/// The module's name, where the catalogue's is one.
fn module_name(name: &str) -> Ident {
    let name = if crate::naming::check(name).is_ok() { name } else { "catalog" };
    Ident::new(name, proc_macro2::Span::call_site())
}

/// The result of a check of a part.
#[doc(hidden)]
#[derive(Debug)]
pub struct CheckedPart {
    /// The number of entries in the part.
    pub entries: usize,
    /// The number of all entries.
    pub all_entries: usize,
    /// The number of faults in other entries.
    pub other_faults: usize,
    /// The number of warnings in other entries.
    pub other_warnings: usize,
    /// The words that a filter can have.
    pub taxonomy: Taxonomy,
    /// What was found in the part, and outside of all entries.
    pub checked: Result<Warnings, CompileErrors>,
}

/// The coverage of a part.
#[doc(hidden)]
#[derive(Debug)]
pub struct CoveredPart {
    /// The words that a filter can have.
    pub taxonomy: Taxonomy,
    /// The coverage, or none if no entry was selected. The faults are those of the whole catalogue, but for texts that are
    /// missing or stale.
    pub coverage: Result<Option<Coverage>, CompileErrors>,
}
