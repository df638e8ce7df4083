/** Values of the domain that a column holds as JSON: a code and its parameters. */
@NullMarked
package io.platform.persistence.json;

import org.jspecify.annotations.NullMarked;
