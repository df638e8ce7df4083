/** A build's log on its way to those who follow it, and what a builder may write into it. */
@NullMarked
package io.platform.buildlog;

import org.jspecify.annotations.NullMarked;
