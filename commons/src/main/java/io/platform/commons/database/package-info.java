/**
 * Databases, SQLite or PostgreSQL: their settings, pools of connections, and migration at start.
 */
@NullMarked
package io.platform.commons.database;

import org.jspecify.annotations.NullMarked;
