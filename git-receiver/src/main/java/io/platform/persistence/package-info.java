/**
 * The stores of the domain in a relational database: an SQLite file, or PostgreSQL.
 *
 * <p>Every change is one transaction that holds the rows it decides on, and raises its signals
 * after the commit; {@link io.platform.persistence.database.TransactionRunner} does both. Several
 * processes may have the database open, the receiver and the deployer for one. What a transaction
 * has committed survives a loss of power, with one exception on SQLite: lines of a build's log
 * survive the death of the process at once, and a loss of power from the next other commit on,
 * which the end of the build is at the latest. A commit that waits for the disk would delay each
 * line, and hold up all other writers, by the disk's flush time (0.2 ms on a good disk, 10 ms and
 * more on a poor one); and a build whose machine lost its power is run again.
 *
 * <p>Apps, builds and releases are read from rows by hand and not by JDBI's {@code
 * ConstructorMapper}: their values span several columns (paths, artifacts, origins, sources), whose
 * kinds decide which columns count, and the domain has no annotations of JDBI that could say so. A
 * second set of records with the columns' names would be longer than what it replaced.
 */
@NullMarked
package io.platform.persistence;

import org.jspecify.annotations.NullMarked;
