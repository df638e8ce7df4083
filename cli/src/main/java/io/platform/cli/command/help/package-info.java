/** Help, version, shell completion, and commands that exist for help alone. */
@NullMarked
package io.platform.cli.command.help;

import org.jspecify.annotations.NullMarked;
