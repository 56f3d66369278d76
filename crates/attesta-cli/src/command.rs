//! The commands, one file each.

mod attach;
mod bundle;
mod export;
mod give;
mod import;
mod inspect;
mod list;
mod open;
mod refresh;
mod settings;
mod share;
mod verify;

use crate::arguments::{Arguments, Command, ExportForm};
use crate::context::{Context, Purpose};
use crate::outcome::{CommandError, Outcome};

/// Does what the line says.
pub(crate) fn run(arguments: Arguments) -> Result<Outcome, CommandError> {
    let purpose = match &arguments.command {
        Command::Verify(_) | Command::Inspect(_) | Command::Open(_) => Purpose::Looking,
        _ => Purpose::Keeping,
    };
    if let Command::Share(share) = &arguments.command {
        share::available(share)?;
    }
    let context = Context::open(&arguments.global, purpose)?;
    match &arguments.command {
        Command::Verify(sources) => Ok(verify::run(&context, &sources.sources)),
        Command::Inspect(sources) => Ok(inspect::run(&context, &sources.sources)),
        Command::Import(sources) => import::run(&context, &sources.sources, arguments.global.tx_code.as_deref()),
        Command::Attach { id, url } => attach::attach(&context, id, url),
        Command::Detach { id, url } => attach::detach(&context, id, url),
        Command::Export { form: ExportForm::Lcw, file } => export::run(&context, file),
        Command::List { search } => list::list(&context, search.as_deref()),
        Command::Show { id } => list::show(&context, id),
        Command::Remove { id } => list::remove(&context, id),
        Command::Refresh { ids } => refresh::run(&context, ids),
        Command::Bundle(command) => bundle::run(&context, command),
        Command::Share(share) => share::run(&context, share),
        Command::Open(open) => open::run(&context, open),
        Command::Shares => share::list(&context),
        Command::Withdraw { id } => share::withdraw(&context, id),
        Command::Calendar { id, out } => give::calendar(&context, id, out.as_deref()),
        Command::Bake { id, out } => give::bake(&context, id, out),
        Command::Profile { id } => give::profile(&context, id),
        Command::Settings(change) => settings::run(&context, change),
    }
}
