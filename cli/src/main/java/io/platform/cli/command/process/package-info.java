/** Commands about the processes of apps. */
@NullMarked
package io.platform.cli.command.process;

import org.jspecify.annotations.NullMarked;
