// The real window under a display of its own, and the employer's page in a browser that knows nothing of the wallet.
import "./start.mjs";
import "./story.mjs";
import "./import.mjs";
import "./sharing.mjs";
import "./closing.mjs";
import "./screens.mjs";
