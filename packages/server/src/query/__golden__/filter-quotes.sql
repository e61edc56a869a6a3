(name = '\'; DROP TABLE traces; --\\\'')
