/** What every database has, on SQLite and on PostgreSQL. */
@NullMarked
package io.platform.commons.database;

import org.jspecify.annotations.NullMarked;
