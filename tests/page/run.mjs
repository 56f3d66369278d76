// The employer's page in two browsers; needs a display for the second.
import "./chromium.mjs";
import "./webkit.mjs";
