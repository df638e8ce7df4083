/** Composes the git receiver, which takes pushes and serves the API, and has its main. */
@NullMarked
package io.platform.receiver;

import org.jspecify.annotations.NullMarked;
