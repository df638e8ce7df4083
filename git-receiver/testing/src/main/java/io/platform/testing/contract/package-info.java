/** Holds servers of the tests, real and fake, against the API's OpenAPI document. */
@NullMarked
package io.platform.testing.contract;

import org.jspecify.annotations.NullMarked;
