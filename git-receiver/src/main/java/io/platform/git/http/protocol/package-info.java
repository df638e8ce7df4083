/**
 * The parts that fetches and pushes share: request bodies, pkt-lines, errors, replies and
 * keep-alives.
 */
@NullMarked
package io.platform.git.http.protocol;

import org.jspecify.annotations.NullMarked;
