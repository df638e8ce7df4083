/** Tokens, and every decision on who may do what. */
@NullMarked
package io.platform.access;

import org.jspecify.annotations.NullMarked;
