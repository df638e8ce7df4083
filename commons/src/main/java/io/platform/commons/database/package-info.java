/**
 * Where a program keeps its rows, an SQLite file or PostgreSQL: connections in pools, and tables
 * that are brought up to date at start.
 */
@NullMarked
package io.platform.commons.database;

import org.jspecify.annotations.NullMarked;
