"""Language models: the local one (llama.cpp) and the scripted one for tests of conversations."""
