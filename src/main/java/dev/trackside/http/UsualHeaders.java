package dev.trackside.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** What every answer tells a browser, unless it says otherwise by itself. */
final class UsualHeaders {
  private static final List<HttpField> FIELDS =
      List.of(
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("X-Frame-Options", "DENY"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new PreEncodedHttpField(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          new PreEncodedHttpField(
              "Permissions-Policy",
              "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(),"
                  + " fullscreen=(), geolocation=(self), gyroscope=(), magnetometer=(),"
                  + " microphone=(), midi=(), payment=(), picture-in-picture=(),"
                  + " publickey-credentials-get=(), screen-wake-lock=(self), usb=(),"
                  + " xr-spatial-tracking=()"));

  private UsualHeaders() {}

  static void addTo(HttpFields.Mutable headers) {
    for (HttpField field : FIELDS) {
      if (!headers.contains(field.getName())) {
        headers.add(field);
      }
    }
  }
}
