/** The fields of HTTP messages. Plain Java alone: the web server of static sites uses it. */
@NullMarked
package io.platform.commons.http.header;

import org.jspecify.annotations.NullMarked;
