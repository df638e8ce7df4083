/**
 * The parts that all commands share: options, context, output, errors and the user's git. Each
 * command is a class {@code *Command} in the package of its subject.
 */
@NullMarked
package io.platform.cli.command;

import org.jspecify.annotations.NullMarked;
