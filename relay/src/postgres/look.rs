//! A look at a server that changes nothing, for `attune relay doctor`.

use super::address::Address;
use super::failure::{of_database, of_pool};
use super::{connect, schema};
use crate::store::StoreError;

/// What was found in a server that can be used.
pub(crate) struct Looked {
    /// The two tables are there.
    pub(crate) has_tables: bool,
    /// The role may make tables.
    pub(crate) may_make: bool,
    /// The role may read and write the tables.
    pub(crate) may_serve: bool,
    /// The role may do more than it needs: anything, make databases, or make roles.
    pub(crate) may_too_much: bool,
    /// Grants.
    pub(crate) grants: i64,
    /// The server's clock, in seconds since 1970-01-01.
    pub(crate) unix: i64,
}

/// Connects, with the settings that a relay insists on, and looks around.
pub(crate) async fn look(address: &Address) -> Result<Looked, StoreError> {
    let pool = connect::pool(&address.clone().with_connections(1))?;
    let client = pool.get().await.map_err(|error| of_pool(&error))?;
    let has_tables = schema::is_there(&client).await?;
    let role = client
        .query_one(
            "SELECT rolsuper OR rolcreatedb OR rolcreaterole,
             has_schema_privilege(current_schema(), 'CREATE'),
             extract(epoch FROM now())::bigint
             FROM pg_roles WHERE rolname = current_user",
            &[],
        )
        .await;
    let role = role.map_err(|error| of_database(&error))?;
    let read = |column| role.try_get::<_, bool>(column).map_err(|error| of_database(&error));
    let mut looked = Looked {
        has_tables,
        may_too_much: read(0)?,
        may_make: read(1)?,
        may_serve: true,
        grants: 0,
        unix: role.try_get(2).map_err(|error| of_database(&error))?,
    };
    if has_tables {
        for table in ["lane", "\"grant\""] {
            for right in ["SELECT", "INSERT", "UPDATE", "DELETE"] {
                let has = client
                    .query_one("SELECT has_table_privilege($1::text, $2::text)", &[&table, &right])
                    .await
                    .and_then(|row| row.try_get::<_, bool>(0));
                looked.may_serve &= has.map_err(|error| of_database(&error))?;
            }
        }
        if looked.may_serve {
            let counted = client
                .query_one("SELECT count(*) FROM \"grant\"", &[])
                .await
                .and_then(|row| row.try_get(0));
            looked.grants = counted.map_err(|error| of_database(&error))?;
        }
    }
    Ok(looked)
}
