/**
 * One push from its objects to its build's end: open, promote and pin, archive, accept, supervise,
 * follow.
 */
@NullMarked
package io.platform.git.push;

import org.jspecify.annotations.NullMarked;
