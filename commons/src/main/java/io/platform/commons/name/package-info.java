/** Rules for names that users choose. Plain Java alone: the CLI uses this package. */
@NullMarked
package io.platform.commons.name;

import org.jspecify.annotations.NullMarked;
