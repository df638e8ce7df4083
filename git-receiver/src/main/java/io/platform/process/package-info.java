/**
 * One machine: builders and apps as child processes, each in a sandbox where bubblewrap works.
 * {@link LocalProcesses} makes the adapters; all else is package-private.
 */
@NullMarked
package io.platform.process;

import org.jspecify.annotations.NullMarked;
