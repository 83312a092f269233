//! Cursors: where the next page of a list begins, opaque to clients and good for nobody else.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{Kernel, KernelError, Request};

impl Kernel {
    /// A position in a list as a client gets it: encrypted, and bound to caller, workspace, route and filter.
    ///
    /// # Errors
    /// [`KernelError::Internal`] where it can't be encrypted.
    pub fn seal_cursor(
        &self,
        request: &Request,
        filter: &str,
        position: &str,
    ) -> Result<String, KernelError> {
        let sealed = self.settings().master_key.seal(position.as_bytes(), &bound_to(request, filter))?;
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// The position that a cursor holds; `None` where it was made for another list, filter, caller or workspace.
    pub fn open_cursor(&self, request: &Request, filter: &str, cursor: &str) -> Option<String> {
        let sealed = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let position = self.settings().master_key.open(&sealed, &bound_to(request, filter)).ok()?;
        String::from_utf8(position).ok()
    }
}

fn bound_to(request: &Request, filter: &str) -> Vec<u8> {
    let workspace = request.caller.workspace().map(|id| id.to_string()).unwrap_or_default();
    let principal = request.caller.principal().uuid();
    format!("cursor\n{workspace}\n{principal}\n{}\n{filter}", request.route).into_bytes()
}
