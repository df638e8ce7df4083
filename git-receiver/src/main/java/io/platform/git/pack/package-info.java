/** Receives packs: checks, resolves and indexes what a client sends, in bounded memory. */
@NullMarked
package io.platform.git.pack;

import org.jspecify.annotations.NullMarked;
