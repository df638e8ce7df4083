/** The stores of accounts, tokens and keys, in one SQL database (SQLite, or PostgreSQL). */
@NullMarked
package io.platform.auth.sql;

import org.jspecify.annotations.NullMarked;
