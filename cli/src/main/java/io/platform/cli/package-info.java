/**
 * The main of the {@code platform} command, its list of commands, and the training run of its AOT
 * cache.
 */
@NullMarked
package io.platform.cli;

import org.jspecify.annotations.NullMarked;
