/**
 * What the command knows of servers: their HTTP interfaces as methods and records, and the logins
 * kept on disk.
 */
@NullMarked
package io.platform.cli.client;

import org.jspecify.annotations.NullMarked;
