/**
 * The verbs of the command, one class each, with what they share: the terminal, git, tables,
 * errors.
 */
@NullMarked
package io.platform.cli.command;

import org.jspecify.annotations.NullMarked;
