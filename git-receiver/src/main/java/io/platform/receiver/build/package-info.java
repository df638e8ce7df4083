/**
 * Drives each accepted build from its launch to its settlement, whoever follows it, and takes up at
 * start what a kill left.
 */
@NullMarked
package io.platform.receiver.build;

import org.jspecify.annotations.NullMarked;
