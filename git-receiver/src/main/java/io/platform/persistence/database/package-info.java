/** SQLite and PostgreSQL: transactions, locks, signals, and the migration of the schema. */
@NullMarked
package io.platform.persistence.database;

import org.jspecify.annotations.NullMarked;
