//! A unit of work of this node: what it commits, the node knows at once.

use std::{ops::Deref, time::Instant};

use guildhall_core::Scope;

use crate::{Kernel, KernelError, UnitOfWork};

/// One transaction, and the kernel that began it. Dropping it rolls back.
pub(crate) struct Unit<'k> {
    kernel: &'k Kernel,
    transaction: Box<dyn UnitOfWork>,
}

impl Deref for Unit<'_> {
    type Target = dyn UnitOfWork;

    fn deref(&self) -> &Self::Target {
        &*self.transaction
    }
}

impl<'k> Unit<'k> {
    pub(crate) fn new(kernel: &'k Kernel, transaction: Box<dyn UnitOfWork>) -> Self {
        Self { kernel, transaction }
    }

    /// The same transaction in another scope.
    pub(crate) async fn rebind(self, scope: Scope) -> Result<Self, KernelError> {
        Ok(Self { kernel: self.kernel, transaction: self.transaction.rebind(scope).await? })
    }

    /// Makes the writes durable. Before anybody is told, whatever this node remembered without the database is given up
    /// or brought up to date.
    pub(crate) async fn commit(self) -> Result<(), KernelError> {
        let at = Instant::now();
        let committed = self.transaction.commit().await;
        self.kernel.remembered().forget();
        match &committed {
            Ok(committed) => {
                self.kernel.known().note(&committed.raised, at);
                self.kernel.streams().committed(committed);
            }
            // Nobody can say whether it was written.
            Err(_) => self.kernel.known().clear(),
        }
        committed?;
        Ok(())
    }
}
