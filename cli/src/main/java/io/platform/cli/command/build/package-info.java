/** Commands about builds and their logs. */
@NullMarked
package io.platform.cli.command.build;

import org.jspecify.annotations.NullMarked;
