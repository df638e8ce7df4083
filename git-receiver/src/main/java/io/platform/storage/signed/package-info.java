/** URLs that the platform signs and checks itself, for a store without a web server. */
@NullMarked
package io.platform.storage.signed;

import org.jspecify.annotations.NullMarked;
