/** The git receiver: what takes pushes and answers the API, wired; and its program. */
@NullMarked
package io.platform.receiver;

import org.jspecify.annotations.NullMarked;
