/** Clients of the servers' HTTP APIs, and the logins stored on disk. */
@NullMarked
package io.platform.cli.client;

import org.jspecify.annotations.NullMarked;
