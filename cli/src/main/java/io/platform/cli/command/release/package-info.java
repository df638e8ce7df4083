/** Commands about releases: list, rollback, and what is kept of old ones. */
@NullMarked
package io.platform.cli.command.release;

import org.jspecify.annotations.NullMarked;
