//! The origins of tenants: rows of a database, and the list that contains them.

use std::fmt;

use cors_runtime::{Origins, OriginsError};
use rusqlite::Connection;

/// A database, and the list of the origins in it. Both change together, or neither does.
pub(crate) struct Database {
    connection: Connection,
    origins: Origins,
}

/// The reason why a change was rejected.
#[derive(Debug)]
pub(crate) enum Error {
    /// The origin is refused.
    Origins(OriginsError),
    /// The database failed.
    Database(rusqlite::Error),
}

impl Database {
    /// Opens a database, fills it with `seed` if it is empty, and loads its origins into `origins`.
    pub(crate) fn open(path: &str, seed: &[(&str, &str)], origins: Origins) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS origins (
                tenant TEXT NOT NULL,
                origin TEXT NOT NULL,
                PRIMARY KEY (tenant, origin)
            )",
        )?;
        let mut database = Self {
            connection,
            origins,
        };
        database.change(|connection| {
            let count = connection.query_row("SELECT count(*) FROM origins", [], |row| {
                row.get::<_, i64>(0)
            })?;
            for row in seed.iter().filter(|_| count == 0) {
                connection.execute("INSERT INTO origins VALUES (?1, ?2)", *row)?;
            }
            Ok(())
        })?;
        Ok(database)
    }

    /// Adds an origin to a tenant.
    pub(crate) fn add(&mut self, tenant: &str, origin: &str) -> Result<(), Error> {
        self.change(|connection| {
            let insert = "INSERT OR IGNORE INTO origins VALUES (?1, ?2)";
            connection.execute(insert, [tenant, origin]).map(drop)
        })
    }

    /// Removes an origin from a tenant.
    pub(crate) fn remove(&mut self, tenant: &str, origin: &str) -> Result<(), Error> {
        self.change(|connection| {
            let delete = "DELETE FROM origins WHERE tenant = ?1 AND origin = ?2";
            connection.execute(delete, [tenant, origin]).map(drop)
        })
    }

    /// Changes rows, and replaces the list by all rows. If the list is rejected, the rows remain as they were.
    fn change(
        &mut self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), Error> {
        // Rolled back unless it is committed.
        let transaction = self.connection.transaction()?;
        change(&transaction)?;
        let rows = {
            let mut select = transaction.prepare("SELECT DISTINCT origin FROM origins")?;
            let rows = select.query_map([], |row| row.get::<_, String>(0))?;
            rows.collect::<rusqlite::Result<Vec<String>>>()?
        };
        // Checked before the commit, and replaced after it.
        let checked = Origins::new(rows).map_err(Error::Origins)?;
        let before: Vec<String> = self
            .origins
            .to_string()
            .split(", ")
            .map(str::to_owned)
            .collect();
        self.origins
            .replace_with(&checked)
            .map_err(Error::Origins)?;
        if let Err(error) = transaction.commit() {
            let before = before.iter().filter(|entry| !entry.is_empty());
            self.origins.replace(before).map_err(Error::Origins)?;
            return Err(error.into());
        }
        Ok(())
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origins(error) => error.fmt(f),
            Self::Database(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}
