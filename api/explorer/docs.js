"use strict";
// The reference of the HTTP API, drawn from our own openapi.json; no validator elsewhere is asked.
window.SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  validatorUrl: null,
});
