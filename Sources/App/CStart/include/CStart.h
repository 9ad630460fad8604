#pragma once

// Nothing to call: linked into a program, this looks at its limits before its libraries are initialised.
