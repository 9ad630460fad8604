#pragma once

// Nothing to call: linked into a program, this sets what must stand in the environment before the program's libraries are initialised.
